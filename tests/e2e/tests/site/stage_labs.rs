//! What a lab shows on the stage beside its figures: its bytes, its matrix, its drawings, the load, what breaks a packet, and the room's answers. By the
//! clicker alone, legible at each beat, back again, and the same after a reload.

use crate::{
    stage::{enter, forward, press, shows},
    stage_walk::ensure_legible,
};
use anyhow::{Context as _, Result, ensure};
use e2e::{Key, Lab, Machine, Page, Site, drive};
use serde_json::json;
use std::time::Duration;

/// A run's own deadlines end it before.
const RUN: Duration = Duration::from_secs(130);

/// The beats of the page's `host`-th element with steps, as it lists them.
async fn beats(page: &Page, host: &str) -> Result<Vec<String>> {
    page.eval(&format!("document.querySelector({}).dataset.steps.split(';').map((beat) => beat.trim())", json!(host))).await
}

/// Goes to the beat of a lab's own that begins so, its run among those before it.
async fn on_to(page: &Page, site: &Site, lab: &str, beat: &str) -> Result<usize> {
    enter(page, site, &format!("/labs/{lab}/")).await?;
    let step = place(&beats(page, "[data-lab]").await?, beat)?;
    // The run is the first of them, and is waited for.
    forward(page, 1).await?;
    Lab::on(page, lab).await?.done(RUN).await?;
    for one in 2..=step {
        forward(page, one).await?;
    }
    Ok(step)
}

/// Which beat of a lab begins so, of those that it lists.
fn place(all: &[String], beat: &str) -> Result<usize> {
    all.iter().position(|one| one.starts_with(beat)).map(|at| at + 1).with_context(|| format!("no {beat}: {all:?}"))
}

/// Opens a lab's page at the beat of its own that begins so; what was before it is done as after a reload.
async fn at(page: &Page, site: &Site, lab: &str, beat: &str) -> Result<usize> {
    let route = format!("/labs/{lab}/");
    enter(page, site, &route).await?;
    let step = place(&beats(page, "[data-lab]").await?, beat)?;
    page.open(&site.address(&format!("{route}?stage=1&step={step}"))).await?;
    shows(page, "step", &step.to_string()).await?;
    Ok(step)
}

/// Whether what a selector finds is seen.
fn seen(selector: &str) -> String {
    format!(
        "[...document.querySelectorAll({})].some((one) => one.checkVisibility({{ checkVisibilityCSS: true }}))",
        json!(selector)
    )
}

/// One press on, to the next beat, and what must then be said.
async fn on(page: &Page, step: &mut usize, what: &str, then: &str) -> Result<()> {
    *step += 1;
    press(page, Key::PageDown).await?;
    shows(page, "step", &step.to_string()).await?;
    page.soon(what, then).await?;
    ensure_legible(page, what).await?;
    Ok(())
}

/// One press back.
async fn back(page: &Page, step: &mut usize, what: &str, then: &str) -> Result<()> {
    *step -= 1;
    press(page, Key::PageUp).await?;
    shows(page, "step", &step.to_string()).await?;
    page.soon(what, then).await
}

fn says(selector: &str, words: &str) -> String {
    format!("document.querySelector({})?.textContent.includes({})", json!(selector), json!(words))
}

#[test]
fn the_byte_lens_is_read_and_broken_beat_by_beat() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        let mut step = on_to(page, &site, "byte-lens", "part read").await?;
        page.soon("the bytes that are read", &seen(".lens-formats [data-format=rkyv] .lens-run")).await?;
        ensure!(!page.eval::<bool>(&seen(".finding, .lens-formats [data-format=json]")).await?, "more than one format is shown");
        ensure_legible(page, "the bytes that are read").await?;
        on(page, &mut step, "the next step", &says(".lens-counter", "Step 2 of")).await?;
        // The same beat goes on until the reader is done.
        while page.eval::<bool>("!document.querySelector('[data-action=step]').disabled").await? {
            let counter = page.text(".lens-counter").await?;
            press(page, Key::PageDown).await?;
            page.soon("another step", &format!("document.querySelector('.lens-counter').innerText !== {}", json!(counter)))
                .await?;
            shows(page, "step", &step.to_string()).await?;
            ensure_legible(page, &counter).await?;
        }
        on(page, &mut step, "all that FlatBuffers' reader does", &seen(".lens-formats [data-format=flatbuffers] .lens-run"))
            .await?;
        on(page, &mut step, "all that JSON's reader does", &seen(".lens-formats [data-format=json] .lens-run")).await?;
        page.soon("its whole way", "document.querySelector('[data-action=step]').disabled").await?;
        on(page, &mut step, "the part that is broken", &seen("[data-part=break] h3")).await?;
        ensure!(!page.eval::<bool>(&seen(".lens-formats, .lens-counter")).await?, "two parts at once");
        on(page, &mut step, "a broken brace", &seen("[data-verdict=refused]")).await?;
        on(page, &mut step, "a broken price", &says("[data-verdict=wrong]", "price is 13345")).await?;
        let in_both = "document.querySelectorAll('[data-verdict=wrong]').length === 2";
        on(page, &mut step, "the same byte of rkyv", in_both).await?;
        let length = format!("{} && {}", seen("[data-verdict=refused]"), seen("[data-verdict=undefined]"));
        on(page, &mut step, "a broken length", &length).await?;
        page.reload().await?;
        shows(page, "step", &step.to_string()).await?;
        page.soon("a broken length, after a reload", &length).await?;
        ensure_legible(page, "a broken length, after a reload").await?;
        press(page, Key::PageDown).await?;
        shows(page, "over", "qr").await
    })
}

#[test]
fn telling_cells_of_the_schema_matrix_open_and_close_again() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        let mut step = on_to(page, &site, "schema-evolution", "part matrix").await?;
        page.soon(
            "sixty readings",
            "[...document.querySelectorAll('[data-cell]')].filter((one) => one.checkVisibility()).length === 60",
        )
        .await?;
        ensure_legible(page, "the matrix").await?;
        on(page, &mut step, "one reading", &seen(".evolution-cell h3")).await?;
        ensure!(!page.eval::<bool>(&seen("[data-cell]")).await?, "the matrix is there too");
        let heads = [
            "JSON, field removed",
            "Protocol Buffers, field removed",
            "postcard, fields reordered",
            "Protocol Buffers, type widened",
            "rkyv, variant added",
        ];
        for head in heads {
            on(page, &mut step, head, &says(".evolution-cell h3", head)).await?;
        }
        for head in heads.iter().rev().skip(1) {
            back(page, &mut step, head, &says(".evolution-cell h3", head)).await?;
        }
        Ok(())
    })
}

#[test]
fn the_request_goes_under_load_behind_the_ladder() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        enter(page, &site, "/budget/").await?;
        let qr = page
            .eval::<usize>(
                "document.querySelector('[data-lab]').dataset.steps.split(';').findIndex((beat) => beat.trim().startsWith('qr'))",
            )
            .await?;
        // The guess is offered at four values.
        let mut step = qr + 1 + 3;
        page.open(&site.address(&format!("/budget/?stage=1&step={step}"))).await?;
        shows(page, "over", "qr").await?;
        let answered = format!(
            "{} && document.querySelector('.load-finding').textContent.includes('requests')",
            seen(".load-figure .time-row")
        );
        on(page, &mut step, "the request under load", &answered).await?;
        ensure!(!page.eval::<bool>(&seen(".budget-figure, .finding, .load-plot")).await?, "the ladder or the curve is there too");
        on(page, &mut step, "more requests", "document.querySelector('[name=rate]').value === '700'").await?;
        on(page, &mut step, "the curve", &format!("{} && !{}", seen(".load-plot"), seen(".load-figure .time-row"))).await?;
        on(page, &mut step, "a tighter deadline", "document.querySelector('[name=deadline]').value === '300'").await?;
        on(page, &mut step, "twice the cores", "document.querySelector('[name=cores]').value === '8'").await?;
        page.reload().await?;
        shows(page, "step", &step.to_string()).await?;
        let same = format!("{} && document.querySelector('[name=cores]').value === '8'", seen(".load-plot"));
        page.soon("the same after a reload", &same).await?;
        back(page, &mut step, "the cores as they were", "document.querySelector('[name=cores]').value === '4'").await
    })
}

#[test]
fn a_lesson_on_load_shows_it_at_once() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/lessons/data/budgets-under-load/")).await?;
        Lab::on(page, "latency-budget").await?.press("skip-guess").await?;
        page.soon("the panel", &seen(".under-load")).await?;
        let all = beats(page, "[data-lab=latency-budget]").await?;
        let [finding, shown, curve] = [place(&all, "reveal finding")?, place(&all, "reveal move")?, place(&all, "part curve")?];
        ensure!(finding < shown && shown < curve, "{all:?}");
        Ok(())
    })
}

#[test]
fn drawings_and_broken_packets_are_screens_of_their_own() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for (lab, drawn) in [("packets", ".packet"), ("columns", ".cache-lines")] {
            at(page, &site, lab, "part illustration").await?;
            page.soon(&format!("{lab}, its input drawn"), &seen(drawn)).await?;
            ensure!(
                !page.eval::<bool>(&seen("[data-lab] > :is(.finding, .time-bars, .run-dock)")).await?,
                "{lab}: the figures are there too"
            );
            ensure_legible(page, &format!("{lab}, its input drawn")).await?;
        }
        let own = {
            enter(page, &site, "/labs/packets/").await?;
            beats(page, "[data-lab]").await?.len()
        };
        let mut step = own + 1;
        page.open(&site.address(&format!("/labs/packets/?stage=1&step={step}"))).await?;
        page.soon("what breaks a packet", &seen(".packet-break .packet-said")).await?;
        ensure_legible(page, "what breaks a packet").await?;
        on(page, &mut step, "a bit of the price", "document.querySelectorAll('.packet-says dd').length === 2").await?;
        let checks = "document.querySelector('.packet-says dd').textContent";
        ensure!(page.eval::<String>(checks).await?.contains("refuses"), "a broken price passes its checksum");
        for name in ["a side", "UDP's length", "the frame's length"] {
            let before: String = page.eval("document.querySelector('.packet-break select').value").await?;
            on(page, &mut step, name, &format!("document.querySelector('.packet-break select').value !== {}", json!(before)))
                .await?;
        }
        back(page, &mut step, "UDP's length again", "document.querySelector('.packet-break select').value === 'udp'").await?;
        back(page, &mut step, "a side again", "document.querySelector('.packet-break select').value === 'side'").await
    })
}

#[test]
fn size_stands_against_time_on_the_stage() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        enter(page, &site, "/labs/serialization/").await?;
        let step = place(&beats(page, "[data-lab]").await?, "part scatter")?;
        page.open(&site.address(&format!("/labs/serialization/?stage=1&step={step}"))).await?;
        shows(page, "step", &step.to_string()).await?;
        page.soon("the points of the recorded run", &seen(".scatter .scatter-label")).await?;
        ensure!(!page.eval::<bool>(&seen(".time-bars, .run-dock")).await?, "the bars are there too");
        ensure_legible(page, "size against time").await?;
        Ok(())
    })
}

/// Which answer is marked, by its place from the top; and what the page says to it.
const MARKED: &str = "([...document.querySelectorAll('[data-question=slowest] input')].find((one) => one.checked)?.value ?? '')";

#[test]
fn a_room_picks_an_answer_that_the_device_decides() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        enter(page, &site, "/lessons/memory/allocators/").await?;
        let steps: usize = page.eval("Number(document.querySelector('#stage').dataset.stepsInAll)").await?;
        let mut step = 0;
        while page.eval::<String>(MARKED).await?.is_empty() {
            step += 1;
            ensure!(step < steps, "no answer is offered in {steps} beats");
            forward(page, step).await?;
        }
        let verdict = "document.querySelector('[data-question=slowest] .verdict').innerText";
        let first = step;
        for place in ["2", "3"] {
            on(page, &mut step, &format!("answer {place}"), &format!("{MARKED} === '{place}' && {verdict} === ''")).await?;
        }
        back(page, &mut step, "answer 2 again", &format!("{MARKED} === '2' && {verdict} === ''")).await?;
        // The hall has chosen: the next press goes past the other answers.
        press(page, Key::PageDown).await?;
        shows(page, "step", &(first + 4).to_string()).await?;
        let noted = format!("{MARKED} === '2' && {verdict}.startsWith('Noted.')");
        page.soon("what is said to it", &noted).await?;
        page.reload().await?;
        shows(page, "step", &(first + 4).to_string()).await?;
        page.soon("the same after a reload", &noted).await
    })
}
