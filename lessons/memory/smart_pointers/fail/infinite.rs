//! Must not compile: a type that holds itself has no size.

// anchor: infinite
enum Expression {
    Number(i64),
    Sum(Expression, Expression),
}
// end: infinite

fn main() {}
