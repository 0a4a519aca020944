//! The panic of a `RefCell`: a list is read while somebody adds to it.

use std::cell::RefCell;

// anchor: double
struct Registry {
    names: RefCell<Vec<String>>,
}

impl Registry {
    fn greet_all(&self, greet: impl Fn(&str)) {
        for name in self.names.borrow().iter() {
            greet(name);
        }
    }

    fn add(&self, name: &str) {
        self.names.borrow_mut().push(name.to_owned());
    }
}

fn main() {
    let registry = Registry { names: RefCell::new(vec!["Ada".to_owned()]) };
    registry.greet_all(|name| println!("Hello, {name}"));
    registry.greet_all(|name| registry.add(&format!("{name}'s guest")));
}
// end: double
