//! What the reader has chosen about the load: cores, arrivals, a rate and a deadline. Plain data; what was not touched follows from the
//! measured times, so that a fast payload and a slow one both start at a load worth looking at.

use crate::{engine::NothingRuns, labs::LabContext, state::permalink::Permalink};
use protocol::load::Arriving;

/// When the simulation is asked. A worker's bundle is fetched for it, so that in somebody else's page it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// As soon as the panel is open.
    AtOnce,
    /// Once the reader has pressed something.
    OnPress,
    /// Never.
    Never,
}

impl Asks {
    /// What holds where a lab stands.
    #[must_use]
    pub const fn of(context: &LabContext, denied: Option<NothingRuns>) -> Self {
        match (context, denied) {
            (_, Some(NothingRuns)) => Self::Never,
            (LabContext::Embed(..), None) => Self::OnPress,
            (LabContext::Page | LabContext::Lesson(_), None) => Self::AtOnce,
        }
    }

    /// The reader has pressed something: the panel's tab, or one of its controls.
    pub fn press(&mut self) {
        if *self == Self::OnPress {
            *self = Self::AtOnce;
        }
    }
}

/// The choices of the panel “Under load”.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoadChoices {
    /// How many cores.
    pub cores: u16,
    /// How requests come.
    pub arriving: Arriving,
    /// Requests a second; none until the slider was moved.
    pub rate: Option<f64>,
    /// How long 99 of 100 requests may take, in nanoseconds; none until the slider was moved.
    pub deadline: Option<f64>,
}

impl Default for LoadChoices {
    fn default() -> Self {
        Self { cores: 4, arriving: Arriving::default(), rate: None, deadline: None }
    }
}

impl LoadChoices {
    /// The numbers of cores that readers can choose.
    pub const CORES: [u16; 7] = [1, 2, 4, 8, 16, 32, 64];

    /// Rates and deadlines beyond these are no service: a link cannot ask for them.
    const MOST: f64 = 1e12;

    /// Adds the choices to a link, defaults left out.
    pub fn put(&self, link: &mut Permalink) {
        let start = Self::default();
        link.set_unless("cores", self.cores, start.cores, u16::to_string);
        link.set_unless("arrivals", self.arriving, start.arriving, |arriving| arriving.slug().to_owned());
        for (key, value) in [("rate", self.rate), ("deadline", self.deadline)] {
            if let Some(value) = value {
                link.set(key, value.to_string());
            }
        }
    }

    /// The choices that a link stands for; what it leaves out, or says wrongly, is as the panel starts.
    #[must_use]
    pub fn of_link(link: &Permalink) -> Self {
        let start = Self::default();
        let cores = link.get("cores").and_then(|text| text.parse().ok()).filter(|cores| Self::CORES.contains(cores));
        let positive = |key: &str| link.number(key).filter(|value| *value > 0.0 && *value <= Self::MOST);
        Self {
            cores: cores.unwrap_or(start.cores),
            arriving: link.get("arrivals").and_then(Arriving::from_slug).unwrap_or(start.arriving),
            rate: positive("rate"),
            deadline: positive("deadline"),
        }
    }

    /// Moves the rate; nothing but a positive number is one.
    pub fn move_rate(&mut self, rate: f64) {
        if rate.is_finite() && rate > 0.0 {
            self.rate = Some(rate.min(Self::MOST));
        }
    }

    /// Moves the deadline, in nanoseconds.
    pub fn move_deadline(&mut self, deadline: f64) {
        if deadline.is_finite() && deadline > 0.0 {
            self.deadline = Some(deadline.min(Self::MOST));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_link_carries_every_choice(
            cores in proptest::sample::select(LoadChoices::CORES.to_vec()),
            arriving in proptest::sample::select(Arriving::ALL.to_vec()),
            rate in proptest::option::of(1e-3..1e9_f64), deadline in proptest::option::of(1.0..1e11_f64),
        ) {
            let choices = LoadChoices { cores, arriving, rate, deadline };
            let mut link = Permalink::default();
            choices.put(&mut link);
            prop_assert_eq!(LoadChoices::of_link(&link), choices);
        }

        #[test]
        fn no_link_asks_for_what_is_no_service(text in ".{0,12}") {
            let mut link = Permalink::default();
            for key in ["cores", "arrivals", "rate", "deadline"] {
                link.set(key, text.clone());
            }
            let LoadChoices { cores, rate, deadline, .. } = LoadChoices::of_link(&link);
            prop_assert!(LoadChoices::CORES.contains(&cores));
            prop_assert!([rate, deadline].into_iter().flatten().all(|value| value > 0.0 && value <= LoadChoices::MOST));
        }
    }

    #[test]
    fn in_somebody_else_s_page_nothing_is_asked_before_a_press_nor_ever_where_nothing_runs() {
        let embed = LabContext::Embed(Permalink::default(), None);
        let mut asks = Asks::of(&embed, None);
        assert_eq!(asks, Asks::OnPress);
        asks.press();
        assert_eq!(asks, Asks::AtOnce);
        assert_eq!(Asks::of(&LabContext::Page, None), Asks::AtOnce);
        let mut never = Asks::of(&embed, Some(NothingRuns));
        never.press();
        assert_eq!(never, Asks::Never);
    }

    #[test]
    fn a_slider_never_chooses_nothing() {
        let mut choices = LoadChoices::default();
        choices.move_rate(0.0);
        choices.move_deadline(f64::NAN);
        assert_eq!(choices, LoadChoices::default());
    }
}
