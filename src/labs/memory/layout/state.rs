//! What the reader has chosen in the catalogue, guessed and ordered, as plain data. It must never hold a size that the answer did not bring.

use crate::state::permalink::Permalink;
use protocol::layout::{LayoutAnswer, Survey, TypeLayout};

/// The fields that readers put in order.
pub(super) const FIELDS: [&str; 4] = ["open", "id", "kind", "amount"];

/// Which compilation is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Machine {
    /// The worker's.
    #[default]
    Here,
    /// The one that built the site.
    BuiltOn,
}

impl Machine {
    pub(super) const ALL: [Self; 2] = [Self::Here, Self::BuiltOn];

    /// What this machine made of the catalogue.
    pub(super) const fn of(self, answer: &LayoutAnswer) -> &Survey {
        match self {
            Self::Here => &answer.here,
            Self::BuiltOn => &answer.built_on,
        }
    }
}

/// Whether a size is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// Not before the reader has guessed.
    #[default]
    Hidden,
    /// With what the reader guessed, if anything.
    Open(Option<u32>),
}

/// The catalogue as the reader has set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Looking {
    /// Which type.
    pub(super) chosen: usize,
    /// Which one stands beside it, if any.
    pub(super) beside: Option<usize>,
    /// On which machine.
    pub(super) machine: Machine,
    /// Whether its bytes are seen.
    pub(super) shown: Shown,
    /// The order of [`FIELDS`], by their numbers.
    pub(super) order: [usize; 4],
}

impl Default for Looking {
    fn default() -> Self {
        Self { chosen: 0, beside: None, machine: Machine::Here, shown: Shown::Hidden, order: [0, 1, 2, 3] }
    }
}

/// The names of the types that a link or the reader has chosen: links carry them, and a catalogue that is not there yet is waited for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// The chosen one's.
    pub(super) chosen: Option<String>,
    /// That of the one beside it.
    pub(super) beside: Option<String>,
}

impl Named {
    /// As a link says.
    pub(super) fn of_link(link: &Permalink) -> Self {
        let name = |key| link.get(key).map(str::to_owned);
        Self { chosen: name("type"), beside: name("beside") }
    }
}

impl Looking {
    /// What a link says of machine and order; the type it names is found once the catalogue is there.
    pub(super) fn of_link(link: &Permalink) -> Self {
        let machine = if link.get("machine") == Some("built-on") { Machine::BuiltOn } else { Machine::Here };
        let mut order = Self::default().order;
        let named = link.get("fields").unwrap_or_default().split('.');
        for (place, name) in named.enumerate() {
            // A name that is none, or comes twice, changes nothing: each field keeps one place.
            if let Some(at) = order.iter().position(|field| FIELDS.get(*field) == Some(&name)).filter(|at| *at > place) {
                order.swap(place, at);
            }
        }
        Self { machine, order, ..Self::default() }
    }

    /// What a link carries of machine and order, and of the types by these names.
    pub(super) fn link(&self, named: &Named) -> Permalink {
        let (mut link, start) = (Permalink::default(), Self::default());
        for (key, name) in [("type", &named.chosen), ("beside", &named.beside)] {
            if let Some(name) = name {
                link.set(key, name.as_str());
            }
        }
        link.set_unless("machine", self.machine, start.machine, |_| "built-on".to_owned());
        link.set_unless("fields", self.order, start.order, |_| self.names().join("."));
        link
    }

    /// Turns to the type of this name, if the catalogue has it.
    pub(super) fn choose_named(&mut self, answer: &LayoutAnswer, name: &str) {
        if let Some(at) = answer.types.iter().position(|text| text.name == name).filter(|at| *at != self.chosen) {
            self.choose(at);
        }
    }

    /// Sets the type of this name beside the chosen one; a name that the catalogue lacks, or none, takes it away.
    pub(super) fn set_beside(&mut self, answer: &LayoutAnswer, name: Option<&str>) {
        self.beside = name.and_then(|name| answer.types.iter().position(|text| text.name == name));
    }

    /// Turns to another type, whose bytes are hidden.
    pub(super) const fn choose(&mut self, at: usize) {
        self.chosen = at;
        self.shown = Shown::Hidden;
    }

    /// Shows the bytes, with a guess or without.
    pub(super) const fn open(&mut self, guess: Option<u32>) {
        self.shown = Shown::Open(guess);
    }

    /// Moves the field at a place one place up; the first one stays.
    pub(super) const fn move_up(&mut self, place: usize) {
        if place > 0 && place < self.order.len() {
            self.order.swap(place, place - 1);
        }
    }

    /// The names of the fields, in order.
    pub(super) fn names(&self) -> [&'static str; 4] {
        self.order.map(|at| FIELDS.get(at).copied().unwrap_or_default())
    }

    /// The chosen type's layout.
    pub(super) fn layout<'a>(&self, answer: &'a LayoutAnswer) -> Option<&'a TypeLayout> {
        self.machine.of(answer).types.get(self.chosen)
    }

    /// The layout of the fields in the reader's order: the compiled type that has it.
    pub(super) fn ordered<'a>(&self, answer: &'a LayoutAnswer) -> Option<&'a TypeLayout> {
        let names = self.names();
        let has_order = |layout: &&TypeLayout| {
            layout.variants.first().is_some_and(|variant| variant.fields.iter().map(|field| &*field.name).eq(names))
        };
        self.machine.of(answer).orders.iter().find(has_order)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use protocol::layout::{FieldLayout, TypeGroup, TypeText, VariantLayout};

    fn layout(size: u32, names: [&str; 4]) -> TypeLayout {
        let fields = (0_u32..).zip(names).map(|(at, name)| FieldLayout { name: name.to_owned(), offset: at * 2, size: 1 });
        TypeLayout {
            size,
            align: 1,
            variants: vec![VariantLayout { name: String::new(), fields: fields.collect(), tag: None }],
            none: None,
        }
    }

    /// Two types on two machines.
    pub(in super::super) fn answer() -> LayoutAnswer {
        let survey = |size: u32| Survey {
            architecture: format!("bits{size}"),
            pointer_bits: size,
            types: vec![layout(8, FIELDS), TypeLayout { size: 4, align: 4, variants: Vec::new(), none: Some(vec![0, 1, 2, 3]) }],
            orders: vec![layout(24, FIELDS), layout(16, ["id", "open", "kind", "amount"])],
            free: layout(16, FIELDS),
        };
        let text = |name: &str, group| TypeText {
            name: name.to_owned(),
            group,
            source: format!("struct {name}"),
            why: "a reason".to_owned(),
        };
        LayoutAnswer {
            types: vec![text("First", TypeGroup::Struct), text("Option<char>", TypeGroup::Niche)],
            here: survey(32),
            built_on: survey(64),
        }
    }

    #[test]
    fn another_type_is_hidden_again_and_the_machine_stays() {
        let mut looking = Looking { machine: Machine::BuiltOn, ..Looking::default() };
        looking.open(Some(12));
        assert_eq!(looking.shown, Shown::Open(Some(12)));
        looking.choose(1);
        assert_eq!((looking.shown, looking.machine), (Shown::Hidden, Machine::BuiltOn));
        assert_eq!(looking.layout(&answer()).unwrap().none.as_deref(), Some(&[0, 1, 2, 3][..]));
        looking.choose(99);
        assert_eq!(looking.layout(&answer()), None);
    }

    #[test]
    fn a_link_brings_type_machine_and_order_back() {
        let answer = answer();
        let mut looking = Looking { machine: Machine::BuiltOn, order: [1, 3, 0, 2], ..Looking::default() };
        looking.choose(1);
        let name = |name: &str| Some(name.to_owned());
        let named = Named { chosen: name("Option<char>"), beside: name("First") };
        let link = looking.link(&named);
        assert_eq!(Named::of_link(&link), named);
        let mut read = Looking::of_link(&link);
        assert_eq!((read.machine, read.order, read.chosen), (Machine::BuiltOn, [1, 3, 0, 2], 0));
        read.choose_named(&answer, link.get("type").unwrap());
        assert_eq!(read, looking);
        read.set_beside(&answer, named.beside.as_deref());
        assert_eq!(read.beside, Some(0));
        read.set_beside(&answer, Some("no such type"));
        read.choose_named(&answer, "no such type");
        assert_eq!(read, looking);
        assert_eq!(Looking::default().link(&Named::default()), Permalink::default());
    }

    proptest::proptest! {
        #[test]
        fn whatever_a_link_says_each_field_has_one_place(text: String, fields in "((open|id|kind|amount|x)\\.?){0,6}") {
            for said in [text, fields] {
                let mut link = Permalink::default();
                link.set("fields", said.clone());
                link.set("machine", said);
                let mut order = Looking::of_link(&link).order;
                order.sort_unstable();
                proptest::prop_assert_eq!(order, [0, 1, 2, 3]);
            }
        }
    }

    #[test]
    fn a_moved_field_finds_the_type_that_was_compiled_in_that_order() {
        let (mut looking, answer) = (Looking::default(), answer());
        assert_eq!(looking.ordered(&answer).unwrap().size, 24);
        looking.move_up(1);
        assert_eq!(looking.names(), ["id", "open", "kind", "amount"]);
        assert_eq!(looking.ordered(&answer).unwrap().size, 16);
        looking.move_up(0);
        looking.move_up(9);
        assert_eq!(looking.names(), ["id", "open", "kind", "amount"]);
        looking.move_up(3);
        assert_eq!(looking.ordered(&answer), None, "an order that the answer lacks is not made up");
    }
}
