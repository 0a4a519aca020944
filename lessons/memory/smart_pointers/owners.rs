//! One owner, several owners, several threads.
//!
//! Shown by the lesson `memory/smart_pointers`.

use std::rc::Rc;
use std::sync::Arc;
use std::thread;

// anchor: expression
/// An expression holds expressions: a box makes each of them one pointer wide.
enum Expression {
    Number(i64),
    Sum(Box<Expression>, Box<Expression>),
}

fn value(expression: &Expression) -> i64 {
    match expression {
        Expression::Number(number) => *number,
        Expression::Sum(left, right) => value(left) + value(right),
    }
}
// end: expression

// anchor: shared
fn lengths(text: &Arc<str>) -> Vec<usize> {
    let threads: Vec<_> = (0..3)
        .map(|_| {
            let text = Arc::clone(text);
            thread::spawn(move || text.len())
        })
        .collect();
    threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
}
// end: shared

// anchor: make_mut
/// Writes into a shared list: into the list itself where nobody else has it, else into a copy.
fn add(list: &mut Rc<Vec<u32>>, number: u32) {
    Rc::make_mut(list).push(number);
}
// end: make_mut

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Weak;

    #[test]
    fn a_sum_is_added_up() {
        let number = |number| Box::new(Expression::Number(number));
        assert_eq!(value(&Expression::Sum(number(1), Box::new(Expression::Sum(number(2), number(3))))), 6);
    }

    #[test]
    fn three_threads_read_one_text() {
        assert_eq!(lengths(&Arc::from("four")), [4, 4, 4]);
    }

    // anchor: make_mut_used
    #[test]
    fn a_shared_list_is_copied_once_it_is_written() {
        let mut mine = Rc::new(vec![1]);
        let before = Rc::as_ptr(&mine);
        add(&mut mine, 2);
        assert_eq!(Rc::as_ptr(&mine), before, "the only owner writes in place");
        let theirs = Rc::clone(&mine);
        add(&mut mine, 3);
        assert_eq!((mine.len(), theirs.len()), (3, 2), "the other owner sees no change");
    }
    // end: make_mut_used

    // anchor: sizes
    #[test]
    fn each_is_one_pointer_wide() {
        let pointer = size_of::<usize>();
        assert_eq!([size_of::<Box<u64>>(), size_of::<Rc<u64>>(), size_of::<Arc<u64>>(), size_of::<Weak<u64>>()], [pointer; 4]);
        // What knows its length, or its methods, only at run time takes a second word.
        assert_eq!([size_of::<Box<str>>(), size_of::<Rc<str>>(), size_of::<Box<dyn Fn()>>()], [2 * pointer; 3]);
    }
    // end: sizes
}
