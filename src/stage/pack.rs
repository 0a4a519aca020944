//! From a page's items to screens: pure arithmetic on where they stand when all of them are shown. A lab and a question are a screen of their own;
//! prose and code share one while they fit.

use super::{deck::Screen, plan::Step};

/// Something that is shown or hidden as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// What the speaker's window calls a screen that begins with it.
    pub title: String,
    /// The lesson's section it is in.
    pub section: Option<String>,
    /// Where it begins, in pixels.
    pub top: f64,
    /// Where it ends.
    pub bottom: f64,
    /// How it goes with its neighbours.
    pub company: Company,
    /// Its own steps: whose they are, and what they are.
    pub steps: Vec<(usize, Step)>,
}

/// Whether an item shares a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Company {
    /// With its neighbours, while they fit.
    #[default]
    Shared,
    /// Never.
    Alone,
}

/// How much of a view the next one shows again, when a screen is too tall.
const OVERLAP: f64 = 0.15;

/// The screens of these items, each `height` pixels tall at most, unless a single item is taller.
#[must_use]
pub fn pack(items: &[Item], height: f64) -> Vec<Screen> {
    let mut screens: Vec<Screen> = Vec::new();
    let mut start = 0;
    for (at, item) in items.iter().enumerate() {
        let first = &items[start];
        let goes_along = at > start
            && item.section == first.section
            && first.company == Company::Shared
            && item.company == Company::Shared
            && item.bottom - first.top <= height;
        if goes_along {
            continue;
        }
        if at > start {
            screens.push(screen(items, start, at));
        }
        start = at;
    }
    if start < items.len() {
        screens.push(screen(items, start, items.len()));
    }
    screens
}

fn screen(items: &[Item], start: usize, end: usize) -> Screen {
    let group = &items[start..end];
    let steps = group.iter().flat_map(|item| item.steps.iter().cloned()).collect();
    Screen { title: group[0].title.clone(), section: group[0].section.clone(), first: start, count: end - start, steps }
}

/// How far the present screen is moved up for so many views, in pixels.
#[must_use]
pub fn scrolled(views: u16, height: f64) -> f64 {
    f64::from(views) * height * (1.0 - OVERLAP)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::plan;
    use proptest::prelude::*;

    fn item(section: &str, top: f64, bottom: f64) -> Item {
        Item { section: Some(section.to_owned()), top, bottom, ..Item::default() }
    }

    #[test]
    fn prose_shares_a_screen_while_it_fits_and_a_lab_never() {
        let lab = Item {
            company: Company::Alone,
            steps: plan::parse("run").into_iter().map(|step| (2, step)).collect(),
            ..item("a", 300.0, 2000.0)
        };
        let items = [
            item("a", 0.0, 100.0),
            item("a", 100.0, 300.0),
            lab,
            item("a", 2000.0, 2100.0),
            item("b", 2100.0, 2200.0),
            item("b", 2200.0, 2900.0),
        ];
        let screens = pack(&items, 500.0);
        let ranges: Vec<_> = screens.iter().map(|screen| (screen.first, screen.count, screen.steps.len())).collect();
        assert_eq!(ranges, [(0, 2, 0), (2, 1, 1), (3, 1, 0), (4, 1, 0), (5, 1, 0)]);
    }

    proptest! {
        #[test]
        fn every_item_is_on_exactly_one_screen(
            lengths in proptest::collection::vec((0.0..900.0_f64, 0_u8..3, any::<bool>()), 0..40), height in 0.0..800.0_f64
        ) {
            let mut top = 0.0;
            let items: Vec<Item> = lengths.iter().map(|(length, section, alone)| {
                let company = if *alone { Company::Alone } else { Company::Shared };
                let one = Item { company, ..item(&section.to_string(), top, top + length) };
                top += length;
                one
            }).collect();
            let mut next = 0;
            for screen in pack(&items, height) {
                prop_assert_eq!(screen.first, next);
                prop_assert!(screen.count > 0);
                next += screen.count;
            }
            prop_assert_eq!(next, items.len());
        }
    }
}
