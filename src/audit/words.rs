//! A claim in words, as HTML: its verdict, what was found, on which evidence. The same on the audit's page, in frames and prerendered.

use super::{
    auditor::{Agreement, Judged},
    figure::{self, figure_words, input_words, measure_words},
};
use crate::{
    app::{Route, href},
    components::provenance::Provenance,
    markup::{all, escaped},
    state::{address::IN_BROWSER, permalink::Permalink},
};
use course::{
    ArchivedAudit, ArchivedClaim, ArchivedEvidence, ArchivedExpect, ArchivedRule, ArchivedSample, ArchivedSource, Figure,
    Outcome, Verdict,
};
use protocol::{LabId, LabInput, Pillar};
use units::significant;

/// How many claims have which verdict: one line.
#[must_use]
pub fn summary(ledger: &ArchivedAudit) -> String {
    let counts: Vec<String> = ledger.summary().map(|(verdict, count)| counted(verdict, count)).collect();
    format!("{} claims: {}.", ledger.claims.len(), counts.join("; "))
}

fn counted(verdict: Verdict, count: usize) -> String {
    match (verdict, count) {
        (Verdict::Holds, 1) => "1 holds".to_owned(),
        (Verdict::Holds, _) => format!("{count} hold"),
        (Verdict::HoldsWithALimit, 1) => "1 holds with a limit".to_owned(),
        (Verdict::HoldsWithALimit, _) => format!("{count} hold with a limit"),
        (Verdict::Outdated, _) => format!("{count} outdated"),
        (Verdict::Wrong, _) => format!("{count} wrong"),
        (Verdict::Opinion, 1) => "1 opinion".to_owned(),
        (Verdict::Opinion, _) => format!("{count} opinions"),
        (Verdict::Pending, _) => format!("{count} with evidence pending"),
    }
}

/// A verdict: a shape of its own and its name. The shape says nothing that the name does not.
#[must_use]
pub fn verdict_badge(verdict: Verdict) -> String {
    format!("<span class=\"verdict-badge is-{}\">{}<b>{}</b></span>", verdict.slug(), shape(verdict), verdict.label())
}

/// Where a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// In the ledger's list.
    Page,
    /// Alone in somebody else's page.
    Frame,
}

impl Stand {
    /// The level of the headings below the claim's own.
    const fn level(self) -> u8 {
        match self {
            Self::Page => 4,
            Self::Frame => 2,
        }
    }

    /// HTML of ours as it may stand there: a frame's links open elsewhere, since nothing leads back within a frame. As prerendered they lead the frame
    /// itself: that every sandbox allows, and where no script runs nobody could tell the reader that a new tab was refused.
    #[must_use]
    pub fn of(self, html: String) -> String {
        match self {
            Self::Frame if IN_BROWSER => elsewhere(&html),
            Self::Page | Self::Frame => html,
        }
    }
}

/// HTML of ours whose links open a tab of their own.
pub(super) fn elsewhere(html: &str) -> String {
    html.replace("<a href=", "<a target=\"_blank\" href=")
}

/// Full, half, crossed out, struck through, open, dashed: told apart without colour.
fn shape(verdict: Verdict) -> String {
    let inner = match verdict {
        Verdict::Holds => "<circle cx=\"8\" cy=\"8\" r=\"6\" class=\"full\"/>",
        Verdict::HoldsWithALimit => "<circle cx=\"8\" cy=\"8\" r=\"6\"/><path d=\"M8 2a6 6 0 0 0 0 12z\" class=\"full\"/>",
        Verdict::Outdated => "<rect x=\"2.5\" y=\"2.5\" width=\"11\" height=\"11\"/><path d=\"M1 8h14\"/>",
        Verdict::Wrong => "<path d=\"M3 3l10 10M13 3L3 13\" class=\"thick\"/>",
        Verdict::Opinion => "<path d=\"M8 1.5L14.5 8 8 14.5 1.5 8z\"/>",
        Verdict::Pending => "<circle cx=\"8\" cy=\"8\" r=\"6\" class=\"dashed\"/>",
    };
    format!("<svg class=\"verdict-shape\" viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" aria-hidden=\"true\">{inner}</svg>")
}

/// Verdict and pillar: what stands above a claim.
#[must_use]
pub fn above(claim: &ArchivedClaim, stand: Stand) -> String {
    let pillar = Pillar::from_slug(&claim.pillar)
        .map(|pillar| format!("<a href=\"{}\">{}</a>", href(&Route::Pillar(pillar)), pillar.title()))
        .unwrap_or_default();
    stand.of(format!("<p class=\"claim-above\">{} {pillar}</p>", verdict_badge(claim.verdict.into())))
}

/// Why it matters, and what was found.
#[must_use]
pub fn finding(claim: &ArchivedClaim) -> String {
    format!("<p><b>Why it matters.</b> {}</p><p><b>What we found.</b> {}</p>", escaped(&claim.why), escaped(&claim.finding))
}

/// What the verdict rests on, and the sources.
#[must_use]
pub fn evidence(claim: &ArchivedClaim, stand: Stand) -> String {
    let level = stand.level();
    let evidence = all(claim.evidence.iter(), |evidence| match evidence {
        ArchivedEvidence::Run(rule) => run(rule),
        ArchivedEvidence::Sample(sample) => self::sample(sample),
        ArchivedEvidence::Sources => "<p>No experiment of ours can decide this: it rests on the sources below.</p>".to_owned(),
        ArchivedEvidence::Planned(planned) => format!("<p>Evidence pending: {}</p>", escaped(planned)),
    });
    let title = if claim.evidence.iter().any(|one| matches!(one, ArchivedEvidence::Planned(_))) {
        "Evidence to come"
    } else {
        "Evidence"
    };
    stand.of(format!("<h{level}>{title}</h{level}>{evidence}{}", sources(&claim.sources, level)))
}

fn sources(sources: &[ArchivedSource], level: u8) -> String {
    if sources.is_empty() {
        return String::new();
    }
    let items = all(sources, |source| {
        let (url, title, date) = (escaped(&source.url), escaped(&source.title), escaped(&source.date));
        format!("<li><a href=\"{url}\" rel=\"noopener\">{title}</a>, <time datetime=\"{date}\">{date}</time></li>")
    });
    format!("<h{level}>Sources</h{level}><ul>{items}</ul>")
}

fn sample(sample: &ArchivedSample) -> String {
    let (path, shows) = (escaped(&sample.path), escaped(&sample.shows));
    match &sample.expect {
        ArchivedExpect::Passes => {
            format!("<p><code>{path}</code>, compiled and tested with every build: {shows}</p>")
        }
        ArchivedExpect::Refused(diagnostic) => format!(
            "<p><code>{path}</code>, which the compiler must refuse with every build: {shows}</p>\
             <pre class=\"diagnostic\" tabindex=\"0\" role=\"region\" aria-label=\"What rustc says of {path}\"><samp>{}</samp></pre>",
            escaped(diagnostic.trim_end())
        ),
    }
}

/// The rule in words, its bands, and the recorded figures with the verdict that they give.
fn run(rule: &ArchivedRule) -> String {
    let lab = LabId::from_slug(&rule.lab);
    let inputs = figure::inputs(rule).unwrap_or_default();
    let title = lab.map_or_else(
        || escaped(&rule.lab).into_owned(),
        |lab| format!("<a href=\"{}\">{}</a>", href(&Route::Lab(lab)), lab.title()),
    );
    let bands = all(&band_words(rule), |words| format!("<li>{words}</li>"));
    format!(
        "<p>A run of the lab {title}. {} What is looked at: {}.</p><ul class=\"bands\">{bands}</ul>{}",
        escaped(&rule.words),
        escaped(&measure_words(&rule.measure)),
        recorded(rule, &inputs)
    )
}

/// What each stretch of figures says of the claim.
fn band_words(rule: &ArchivedRule) -> Vec<String> {
    let mut from: Option<f64> = None;
    let mut words: Vec<String> = Vec::new();
    for band in rule.bands() {
        let place = match (from, band.below) {
            (None, None) => "any figure".to_owned(),
            (None, Some(below)) => format!("below {}", number(below)),
            (Some(from), Some(below)) => format!("from {} to below {}", number(from), number(below)),
            (Some(from), None) => format!("{} or more", number(from)),
        };
        words.push(format!("{place}: {}", band.verdict.label()));
        from = band.below;
    }
    if let Some(mixed) = rule.mixed.as_ref() {
        words.push(format!("runs that come out differently: {}", Verdict::from(*mixed).label()));
    }
    words.push("an interval that reaches over a border: this machine cannot tell".to_owned());
    words
}

fn number(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value}") } else { significant(value) }
}

fn recorded(rule: &ArchivedRule, inputs: &[LabInput]) -> String {
    let found: Vec<_> = inputs.iter().map(|input| (*input, figure::recorded(*input))).collect();
    let Some(one) = found.iter().find_map(|(_, recording)| recording.as_ref()) else {
        return "<p>No recorded run is at hand.</p>".to_owned();
    };
    let badge = badge(&Provenance::Recorded(format!("{}, {}", one.machine, one.date)), "recorded");
    let figures: Vec<(LabInput, Figure)> = found
        .iter()
        .map(|(input, recording)| (*input, recording.as_ref().and_then(|one| figure::figure(&rule.measure, &one.result))))
        .collect();
    let alone: Vec<Figure> = figures.iter().map(|(_, figure)| *figure).collect();
    format!(
        "<div class=\"claim-figures\"><p>{badge}</p>{}<p>By the rule: <b>{}</b>.</p></div>",
        figure_list(rule, &figures),
        outcome_words(rule.judge(&alone))
    )
}

fn badge(provenance: &Provenance, slug: &str) -> String {
    format!("<span class=\"badge is-{slug}\" data-provenance=\"{slug}\">{}</span>", provenance.words())
}

/// Each input with its figure, what that says by itself, and a link to the lab with that input.
fn figure_list(rule: &ArchivedRule, figures: &[(LabInput, Figure)]) -> String {
    let items = all(figures, |(input, figure)| {
        format!(
            "<li><a href=\"{}\">{}</a>: <b class=\"figure\">{}</b>, {}</li>",
            address_of_input(*input),
            escaped(&input_words(*input)),
            figure_words(*figure),
            outcome_words(rule.judge_one(*figure))
        )
    });
    format!("<ul class=\"figures\">{items}</ul>")
}

/// The address of a lab with an input.
#[must_use]
pub fn address_of_input(input: LabInput) -> String {
    let mut link = Permalink::default();
    for (name, value) in input.pairs() {
        link.set(name, value);
    }
    format!("{}#{}", href(&Route::Lab(input.lab())), link.to_fragment())
}

/// A rule's outcome in words.
#[must_use]
pub const fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Verdict(verdict) => verdict.label(),
        Outcome::CannotTell => "cannot tell",
    }
}

/// Whose figures are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// This machine's.
    Ours,
    /// Another one's, which a link brought.
    Theirs,
}

/// What a machine's figures say of a claim beside what the ledger says: one sentence, of plain text.
#[must_use]
pub fn verdict_sentence(judged: &Judged, whose: Whose) -> String {
    let machine = match whose {
        Whose::Ours => "this machine",
        Whose::Theirs => "that machine",
    };
    let (here, ledger) = (outcome_words(judged.outcome), judged.ledger.label());
    match judged.agreement() {
        Agreement::Same => format!("On {machine}: {here}. The ledger says the same."),
        Agreement::Differs => format!("On {machine}: {here}. The ledger says otherwise: {ledger}."),
        Agreement::Open => format!("On {machine}: it cannot tell. The ledger says: {ledger}."),
    }
}

/// The figures of a machine and what they say of a claim.
#[must_use]
pub fn judged_html(rule: &ArchivedRule, judged: &Judged, whose: Whose) -> String {
    let slug = match judged.agreement() {
        Agreement::Same => "same",
        Agreement::Differs => "differs",
        Agreement::Open => "open",
    };
    let badge = match whose {
        Whose::Ours => badge(&Provenance::Live, "live"),
        Whose::Theirs => badge(&Provenance::Sent, "sent"),
    };
    let workers = match judged.workers {
        0 => String::new(),
        1 => "<p class=\"small-print\">One worker a run: the intervals do not hold the differences between instances.</p>"
            .to_owned(),
        more => format!("<p class=\"small-print\">{more} fresh workers a run.</p>"),
    };
    let remarks = all(&judged.remarks, |remark| format!("<li>{}</li>", escaped(remark)));
    let remarks = if remarks.is_empty() { remarks } else { format!("<ul class=\"small-print\">{remarks}</ul>") };
    format!(
        "<div class=\"claim-figures is-{slug}\" data-agreement=\"{slug}\" data-outcome=\"{}\"><p>{badge}</p>{}<p class=\"outcome\"><b>{}</b></p>{workers}{remarks}</div>",
        outcome_words(judged.outcome),
        figure_list(rule, &judged.figures),
        escaped(&verdict_sentence(judged, whose)),
    )
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
