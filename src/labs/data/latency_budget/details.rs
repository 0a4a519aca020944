//! The details panel: thresholds, the two pies, where it was measured, and what can be taken away.

use super::{
    Shared, WithResult,
    figure::{FOCUS, Origin},
    picture::picture,
    state::BudgetState,
};
use crate::{
    components::{
        copy::CopyButton,
        save_picture::{SavePicture, here},
        table::TableData,
    },
    instruments::pie::{self, Slice},
    labs::{
        put_place,
        shared::{CopyResult, embed_link},
    },
    markup::{Html, all, dynamic, escaped},
};
use budget::{needed_for_length, needed_for_share};
use leptos::prelude::*;
use protocol::{Cold, LabId, Report};
use units::significant;

/// The panel.
pub(super) fn details(shared: Shared) -> impl IntoView {
    let Shared { state, runner, native, show_native, readings, .. } = shared;
    let speed = move || {
        readings
            .with(|readings| {
                let ratio = readings.as_ref()?.relative[FOCUS]?;
                let faster = ratio.map(|ratio| 1.0 / ratio);
                Some(format!(
                    "Here rkyv, validated, is {} times as fast as serde_json ({}–{}).",
                    significant(faster.median),
                    significant(faster.low),
                    significant(faster.high)
                ))
            })
            .filter(|_| state.with(|state| state.guess.is_settled()))
    };
    let can_send =
        Signal::derive(move || readings.with(|readings| readings.as_ref().is_some_and(|readings| readings.to_sent().is_some())));
    let words = Signal::derive(move || explanation(speed().as_deref().unwrap_or_default()));
    let measured = Signal::derive(move || {
        runner.run().with(|run| run.as_ref().and_then(|run| run.report()).map(measured)).unwrap_or_default()
    });
    let beside = Signal::derive(move || {
        native.with(|native| match native {
            None => "No native run of this choice was recorded.".to_owned(),
            Some(native) => format!("Lay the recorded native run beside it (RECORDED: {}, {})", native.machine, native.date),
        })
    });
    let has_result = Signal::derive(move || shared.picture.with(|picture| picture.finding.number.is_some()));
    let picture = move |()| {
        let native = native.get_untracked().filter(|_| show_native.get_untracked());
        state.with_untracked(|state| readings.with_untracked(|readings| picture(state, readings.as_ref()?, native.as_ref())))
    };
    let embed = embed_link(LabId::LatencyBudget, move || {
        state.with(|_| ());
        let is_own = readings.with(|readings| readings.as_ref().is_some_and(|readings| readings.origin == Origin::Live));
        let mut link = shared.permalink(if is_own { WithResult::Yes } else { WithResult::No });
        if is_own {
            put_place(&mut link, &here());
        }
        link
    });
    view! {
        <Html class="explanation" html=words/>
        <Html class="measured-here" html=measured/>
        <h3>"Take it with you"</h3>
        <div class="row">
            <CopyResult runner/>
            <CopyButton label="Copy link" name="copy-link" text=move || Some(shared.link(WithResult::No)) enabled=Signal::stored(true)/>
            <CopyButton label="Copy link with this result" name="copy-link-result" text=move || Some(shared.link(WithResult::Yes)) enabled=can_send/>
            {embed}
            <button type="button" class="quiet" data-action="reset" on:click=move |_| { runner.clear(); state.update(BudgetState::reset); }>"Reset everything"</button>
        </div>
        <div class="row"><SavePicture picture enabled=has_result/></div>
        <label class="check">
            <input type="checkbox" disabled=dynamic(move || native.with(Option::is_none)) prop:checked=show_native
                on:change=move |_| show_native.update(|show| *show = !*show)/>
            <span>{beside}</span>
        </label>
    }
}

/// The two thresholds and the two pies, in words.
fn explanation(speed: &str) -> String {
    let pies = pie::draw("with serde JSON", &slices(&[("network", 40.0), ("logic", 30.0), ("reading", 30.0)]))
        + &pie::draw("with rkyv", &slices(&[("network", 40.0), ("logic", 30.0), ("reading", 2.0), ("idle", 28.0)]));
    format!(
        "<h3>Two thresholds</h3><p>The roadmap’s pies shrink the slice from 30 to 2: that needs a reader {:.0} times as fast. For the slice to be \
         2 % of the request that is left, it must be {:.0} times as fast. <b>{}</b></p>\
         <h3>The roadmap’s two pies</h3><div class=\"pies\">{pies}</div>\
         <p>Both pies are drawn equally large, which hides the news: the second request is shorter. Its “idle” slice is time that no longer passes.</p>\
         <h3>Typical request, no queue</h3><p>The bars add up medians. A sum of medians is a typical request, not a percentile, and nothing here waits \
         behind another request.</p>",
        needed_for_length(30.0, 2.0),
        needed_for_share(70.0, 30.0, 0.02),
        escaped(speed),
    )
}

fn slices(parts: &[(&'static str, f64)]) -> Vec<Slice> {
    parts.iter().map(|&(label, size)| Slice { label, size }).collect()
}

/// Where and how well it was measured.
fn measured(report: &Report) -> String {
    let environment = &report.environment;
    let notes = all(&report.notes, |note| format!("<li>{}</li>", escaped(&note.to_string())));
    let rows = report.rows.iter().map(|row| {
        let cold = match row.cold {
            Cold::Took(time) => time.to_string(),
            Cold::Below(step) => format!("below {step}"),
        };
        let time = row.time;
        vec![
            row.contender.label().to_owned(),
            units::Nanos(time.median).to_string(),
            format!("{}–{}", units::Nanos(time.low), units::Nanos(time.high)),
            row.mad.to_string(),
            row.samples.to_string(),
            cold,
        ]
    });
    let data = TableData {
        caption: "Times of one operation, on this device".to_owned(),
        head: ["contender", "median", "95 % interval", "MAD", "samples", "first call"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    };
    let isolation = if environment.isolated { "cross-origin isolated" } else { "not isolated" };
    let place = format!(
        "Clock step {}, {isolation}. An empty loop takes {} an operation; it is not subtracted. Seed {}. {}. {}.",
        environment.clock_step,
        environment.empty_loop,
        report.seed.0,
        environment.rustc,
        environment.crates.join(", "),
    );
    format!(
        "<h3>Measured here</h3>{}<p class=\"faint\">{} {}</p><ul class=\"notes\">{notes}</ul>",
        data.draw(),
        escaped(&place),
        escaped(&environment.user_agent),
    )
}
