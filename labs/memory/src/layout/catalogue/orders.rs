//! One list of four fields in each of the orders that it can have: twenty-four types, each compiled.

use super::{field, layout_of, together};
use protocol::layout::TypeLayout;
use std::mem::offset_of;

/// The type of a field.
macro_rules! type_of {
    (open) => {
        bool
    };
    (id) => {
        u64
    };
    (kind) => {
        u8
    };
    (amount) => {
        u32
    };
}

/// The layout of a struct with these fields in this order.
macro_rules! in_order {
    ($(#[$meta:meta])* $($field:ident)*) => {{
        #[allow(dead_code, reason = "laid out, never read")]
        $(#[$meta])*
        struct Ordered { $($field: type_of!($field)),* }
        layout_of::<Ordered>(vec![together(
            "",
            vec![$(field(stringify!($field), offset_of!(Ordered, $field), size_of::<type_of!($field)>())),*],
        )])
    }};
}

/// A layout for each of these orders.
macro_rules! each_order {
    ($(($($field:ident)*))*) => { vec![$(in_order!(#[repr(C)] $($field)*)),*] };
}

/// The fields in every order, as written.
pub fn orders() -> Vec<TypeLayout> {
    each_order!(
        (open id kind amount) (open id amount kind) (open kind id amount) (open kind amount id) (open amount id kind) (open amount kind id)
        (id open kind amount) (id open amount kind) (id kind open amount) (id kind amount open) (id amount open kind) (id amount kind open)
        (kind open id amount) (kind open amount id) (kind id open amount) (kind id amount open) (kind amount open id) (kind amount id open)
        (amount open id kind) (amount open kind id) (amount id open kind) (amount id kind open) (amount kind open id) (amount kind id open)
    )
}

/// The fields as Rust orders them.
pub fn free() -> TypeLayout {
    in_order!(open id kind amount)
}
