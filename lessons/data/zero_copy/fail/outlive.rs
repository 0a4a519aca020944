//! Must not compile: an archived order is a view into its message, and the message goes first.

#[derive(rkyv::Archive, rkyv::Serialize)]
struct Order {
    price: u64,
}

// anchor: outlive
fn latest_price(order: &Order) -> u64 {
    let archived = {
        let message = rkyv::to_bytes::<rkyv::rancor::Error>(order).unwrap();
        rkyv::access::<ArchivedOrder, rkyv::rancor::Error>(&message).unwrap()
    };
    archived.price.to_native()
}
// end: outlive

fn main() {
    latest_price(&Order { price: 12_345 });
}
