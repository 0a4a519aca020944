//! A result as plain figures that can stand beside another's, whether a link carried it or an export. It must never touch the browser.

use super::{data::latency_budget, results::Results};
use crate::state::permalink::Permalink;
use protocol::{Contender, LabId, Phase, Recording, RecordingHost, ResultJson};
use units::Interval;

/// A result of some device.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Whose result.
    pub lab: LabId,
    /// What it was measured on: only results of the same choices can be set against each other.
    pub choices: Vec<(String, String)>,
    /// Where it was measured, as far as that is known.
    pub place: String,
    /// Its figures, in the lab's order.
    pub figures: Vec<(What, Contender, Interval)>,
}

/// What a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A request of the latency budget, today's being 100.
    Length,
    /// A contender's time over the first one's.
    Ratio(Phase),
    /// Nanoseconds.
    Time(Phase),
}

impl Compared {
    /// What a link carries for a lab; none where it carries no whole result.
    #[must_use]
    pub fn of_link(lab: LabId, link: &Permalink) -> Option<Self> {
        let figures = match lab {
            LabId::LatencyBudget => latency_budget::figures_of_link(link)?,
            _ => figures_of(lab, &Results::of_link(lab, link)?),
        };
        let figures = all_sound(figures)?;
        let word = |key: &str| link.get(key).map(|text| text.chars().take(60).collect::<String>());
        let place = [word("r.on"), word("r.date")].into_iter().flatten().collect::<Vec<_>>().join(", ");
        // What begins with `r.` is the result; a guess and the open panel are the reader's own.
        let is_choice = |key: &&str| !key.starts_with("r.") && !["guess", "panel", "seed", "show"].contains(key);
        let choices = link.keys().filter(is_choice).filter_map(|key| Some((key.to_owned(), word(key)?))).collect();
        Some(Self { lab, choices, place, figures })
    }

    /// What an export says; none where it names no lab of this build, or holds no figures.
    #[must_use]
    pub fn of_result(result: &ResultJson) -> Option<Self> {
        let lab = LabId::from_slug(&result.lab)?;
        let figures = if lab == LabId::LatencyBudget {
            latency_budget::figures_of_result(result)?
        } else {
            let (machine, date) = (String::new(), String::new());
            let recording = Recording { host: RecordingHost::Browser, machine, date, result: result.clone() };
            figures_of(lab, &Results::of_recording(&recording))
        };
        let figures = all_sound(figures)?;
        let place: String = result.environment.user_agent.chars().take(120).collect();
        let choices = result.input.iter().map(|(key, value)| (key.clone(), value.chars().take(60).collect())).collect();
        Some(Self { lab, choices, place, figures })
    }

    /// A figure.
    #[must_use]
    pub fn figure(&self, what: What, contender: Contender) -> Option<Interval> {
        self.figures.iter().find(|one| one.0 == what && one.1 == contender).map(|one| one.2)
    }
}

/// Every figure in order; none where one is not, or there is none.
fn all_sound(figures: Vec<(What, Contender, Interval)>) -> Option<Vec<(What, Contender, Interval)>> {
    let figures: Option<Vec<_>> = figures.into_iter().map(|(what, who, figure)| Some((what, who, sound(figure)?))).collect();
    figures.filter(|figures| !figures.is_empty())
}

/// A figure in order. Where the clock can hardly tell a time, the loop's own time taken off leaves less than nothing: that counts as 0.
fn sound(figure: Interval) -> Option<Interval> {
    let Interval { median, low, high } = figure;
    let is_sound = [low, median, high].into_iter().all(f64::is_finite) && low <= median && median <= high;
    is_sound.then(|| figure.map(|part| part.max(0.0)))
}

fn figures_of(lab: LabId, results: &Results) -> Vec<(What, Contender, Interval)> {
    let first = lab.contenders().first();
    let ratios =
        results.ratios.iter().filter(|one| first != Some(&one.0)).map(|&(who, phase, figure)| (What::Ratio(phase), who, figure));
    let times = results.times.iter().map(|&(who, phase, figure)| (What::Time(phase), who, figure));
    ratios.chain(times).collect()
}
