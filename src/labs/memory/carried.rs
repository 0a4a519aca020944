//! A choice below a lab's figures, as the lab's links carry it. It must never put into a link what nobody has chosen.

use crate::state::permalink::Permalink;
use leptos::prelude::*;

/// What is chosen, and how links write it. A copy is the same choice.
pub(super) struct Carried<T: Send + Sync + 'static> {
    key: &'static Key<T>,
    value: RwSignal<T>,
}

/// How links write a choice.
pub(super) struct Key<T> {
    /// Its name, of which a lab has one.
    pub name: &'static str,
    /// What holds until a reader or a link says otherwise.
    pub start: fn() -> T,
    /// As text.
    pub write: fn(&T) -> String,
    /// From text, which may be anybody's; none if it stands for nothing that is offered.
    pub read: fn(&str) -> Option<T>,
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Carried<T> {
    /// As a link says.
    pub(super) fn of_link(key: &'static Key<T>, link: &Permalink) -> Self {
        let carried = Self { key, value: RwSignal::new((key.start)()) };
        carried.open(link);
        carried
    }

    /// Takes in another link.
    pub(super) fn open(self, link: &Permalink) {
        self.value.set(link.get(self.key.name).and_then(self.key.read).unwrap_or_else(self.key.start));
    }

    /// What is chosen.
    pub(super) const fn value(self) -> RwSignal<T> {
        self.value
    }

    /// What links carry of it.
    pub(super) fn link(self) -> Signal<Permalink> {
        Signal::derive(move || {
            let mut link = Permalink::default();
            self.value.with(|value| link.set_unless(self.key.name, value, &(self.key.start)(), |value| (self.key.write)(value)));
            link
        })
    }
}

impl<T: Send + Sync> Clone for Carried<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Carried<T> {}

impl<A: Send + Sync, B: Send + Sync> Clone for Pair<A, B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: Send + Sync, B: Send + Sync> Copy for Pair<A, B> {}

/// The two choices of one panel.
pub(super) struct Pair<A: Send + Sync + 'static, B: Send + Sync + 'static>(pub Carried<A>, pub Carried<B>);

impl<A: Clone + PartialEq + Send + Sync, B: Clone + PartialEq + Send + Sync> Pair<A, B> {
    /// As a link says.
    pub(super) fn of_link(keys: (&'static Key<A>, &'static Key<B>), link: &Permalink) -> Self {
        Self(Carried::of_link(keys.0, link), Carried::of_link(keys.1, link))
    }

    /// Takes in another link.
    pub(super) fn open(self, link: &Permalink) {
        self.0.open(link);
        self.1.open(link);
    }

    /// What links carry of both.
    pub(super) fn link(self) -> Signal<Permalink> {
        together([self.0.link(), self.1.link()])
    }
}

/// What links carry of several choices.
pub(super) fn together<const N: usize>(links: [Signal<Permalink>; N]) -> Signal<Permalink> {
    Signal::derive(move || {
        let mut all = Permalink::default();
        for link in links {
            link.with(|link| all.extend(link));
        }
        all
    })
}

/// Whether a link brings every one of `values` back, and strange text the start.
#[cfg(test)]
pub(super) fn is_brought_back<T: Clone + PartialEq + Send + Sync>(
    key: &'static Key<T>,
    values: impl IntoIterator<Item = T>,
) -> bool {
    Owner::new().with(|| {
        let start = Carried::of_link(key, &Permalink::default());
        let all = values.into_iter().all(|value| {
            start.value.set(value.clone());
            Carried::of_link(key, &start.link().get_untracked()).value.get_untracked() == value
        });
        let mut strange = Permalink::default();
        strange.set(key.name, "\u{0}");
        start.open(&strange);
        all && start.link().get_untracked() == Permalink::default()
    })
}
