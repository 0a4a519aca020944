//! An index is not a reference: it can outlive what it meant, and the compiler will not say so.
//!
//! Shown by the lesson `memory/arenas`.

/// Values known by index; a freed place is used again.
#[derive(Default)]
pub struct Slots<T> {
    places: Vec<Option<T>>,
}

impl<T> Slots<T> {
    /// Puts a value into the first free place, and tells where.
    pub fn insert(&mut self, value: T) -> usize {
        let index = self.places.iter().position(Option::is_none).unwrap_or(self.places.len());
        if index == self.places.len() {
            self.places.push(None);
        }
        self.places[index] = Some(value);
        index
    }

    /// Takes a value out; its index is now free, and every copy of it stale.
    pub fn remove(&mut self, index: usize) -> Option<T> {
        self.places.get_mut(index)?.take()
    }

    /// The value that is at an index now.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&T> {
        self.places.get(index)?.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // anchor: stale
    #[test]
    fn a_stale_index_finds_a_stranger() {
        let mut nodes = Slots::default();
        let ada = nodes.insert("Ada");
        nodes.remove(ada);
        nodes.insert("Grace");
        assert_eq!(nodes.get(ada), Some(&"Grace"));
    }
    // end: stale

    #[test]
    fn an_index_that_was_never_given_finds_nothing() {
        let mut nodes = Slots::default();
        let ada = nodes.insert("Ada");
        assert_eq!(nodes.get(ada + 1), None);
        assert_eq!(nodes.remove(ada + 1), None);
    }
}
