//! A `RefCell` step by step: what is lent at each moment, as the cell itself answers.

use std::cell::RefCell;

// anchor: state
/// What the cell would grant at this moment.
fn state(cell: &RefCell<Vec<u32>>) -> &'static str {
    match (cell.try_borrow_mut().is_ok(), cell.try_borrow().is_ok()) {
        (true, _) => "free: a reader or a writer may come",
        (false, true) => "read: more readers may come, no writer",
        (false, false) => "written: nobody may come",
    }
}
// end: state

// anchor: steps
fn main() {
    let cell = RefCell::new(vec![1, 2, 3]);
    println!("at first       {}", state(&cell));

    let reader = cell.borrow();
    println!("one reader     {}", state(&cell));
    let second = cell.borrow();
    println!("two readers    {}", state(&cell));
    drop(reader);
    println!("one is gone    {}", state(&cell));
    drop(second);
    println!("both are gone  {}", state(&cell));

    let mut writer = cell.borrow_mut();
    writer.push(4);
    println!("a writer       {}", state(&cell));
    drop(writer);
    println!("at last        {}, with {} numbers", state(&cell), cell.borrow().len());
}
// end: steps
