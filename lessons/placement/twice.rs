use std::cell::RefCell;

fn main() {
    let shared = RefCell::new(vec![1, 2]);
    let reader = shared.borrow();
    shared.borrow_mut().push(3);
    println!("{}", reader.len());
}
