//! What a contender says of its memory to whoever watches it: for whom it allocates, what it reads, what it puts into a chunk. Where it is timed or counted
//! nobody watches, and each of these is nothing: compiled apart for plain data, not even a call is left. It must never change what a contender does.

use super::marks::Marks;
use super::{Data, looks};
use bumpalo::collections::Vec as ArenaVec;
use protocol::memory::Owner;
use std::cell::RefCell;
use std::ops::Deref;

/// Who watches: nobody, where nothing is overridden.
pub(crate) trait Watch {
    /// Whether anybody does.
    const IS_WATCHED: bool = false;

    /// What `make` allocates is for `owner`.
    fn own<T>(_owner: Owner, make: impl FnOnce() -> T) -> T {
        make()
    }

    /// The walk visits the node of this data, and reads its number.
    fn visit(_data: &Self) {}

    /// It reads this.
    fn read<T: ?Sized>(_value: &T) {}

    /// It reads a list: where it is, and what is in it.
    fn read_list<T>(_list: &impl Deref<Target = [T]>) {}

    /// It reads this of a node that an edge leads to.
    fn look<T>(_value: &T) {}

    /// The same of a node in a cell, which it asks first: it reads the cell's flag, and then this.
    fn look_into<T, M>(_cell: &RefCell<T>, _value: impl Fn(&T) -> &M) {}

    /// So many values were put into a chunk, from there on.
    fn carve<T>(_owner: Owner, _at: *const T, _many: usize) {}

    /// What was put there is of use to nobody any more.
    fn lose<T>(_at: *const T, _many: usize) {}

    /// Puts an edge to a list in a chunk, which may outgrow its place.
    fn push<T>(list: &mut ArenaVec<'_, T>, item: T) {
        list.push(item);
    }
}

impl<const WORDS: usize> Watch for [u32; WORDS] {}

/// Data of a node that is watched.
#[derive(Clone, Copy)]
pub(crate) struct Watched<const WORDS: usize>([u32; WORDS]);

impl<const WORDS: usize> Data for Watched<WORDS> {
    fn of(id: u32) -> Self {
        Self(Data::of(id))
    }

    fn id(&self) -> u32 {
        self.0.id()
    }
}

impl<const WORDS: usize> Watch for Watched<WORDS> {
    const IS_WATCHED: bool = true;

    fn own<T>(owner: Owner, make: impl FnOnce() -> T) -> T {
        tracer::owned_by(owner, make)
    }

    fn visit(data: &Self) {
        looks::visit();
        tracer::visit(&data.0[0]);
    }

    fn read<T: ?Sized>(value: &T) {
        tracer::touch(value);
    }

    fn read_list<T>(list: &impl Deref<Target = [T]>) {
        tracer::touch(list);
        tracer::touch(&**list);
    }

    fn look<T>(value: &T) {
        looks::look(std::ptr::from_ref(value).addr(), size_of::<T>());
    }

    fn look_into<T, M>(cell: &RefCell<T>, value: impl Fn(&T) -> &M) {
        // What of a cell lies before its value is its flag: the value, which may be unsized, is last.
        let flag = std::ptr::from_ref(cell).addr();
        looks::look(flag, cell.as_ptr().addr().saturating_sub(flag));
        Self::look(value(&cell.borrow()));
    }

    fn carve<T>(owner: Owner, at: *const T, many: usize) {
        tracer::owned_by(owner, || tracer::carve(at, many));
    }

    fn lose<T>(at: *const T, many: usize) {
        tracer::lose(at, many);
    }

    fn push<T>(list: &mut ArenaVec<'_, T>, item: T) {
        let before = (list.as_ptr(), list.capacity());
        Self::own(Owner::Chunk, || list.push(item));
        if before != (list.as_ptr(), list.capacity()) {
            Self::lose(before.0, before.1);
            Self::carve(Owner::EdgeList, list.as_ptr(), list.capacity());
        }
    }
}

/// Marks a contender's phases among the notes, which begin with the first and end with the last: what a batch keeps around them is its own affair.
pub(crate) struct Parts(std::vec::IntoIter<u32>);

impl Parts {
    /// With these marks, one where each phase begins and one where the last ends.
    pub(crate) fn new(marks: Vec<u32>) -> Self {
        Self(marks.into_iter())
    }

    fn next(&mut self) {
        if let Some(mark) = self.0.next() {
            tracer::mark(mark);
        }
        if self.0.len() == 0 {
            tracer::stop();
        }
    }
}

impl Marks for Parts {
    fn lap(&mut self) {
        self.next();
    }

    fn skip(&mut self) {
        // The first: later ones pass over nothing here, since nothing but the phases is done.
        if tracer::restart() {
            self.next();
        }
    }
}
