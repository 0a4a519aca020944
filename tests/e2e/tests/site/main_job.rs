//! The main job: from home to one's own latency budget, and what can be done with it there.

use anyhow::{Context as _, Result, ensure};
use e2e::{Key, Lab, Machine, Page, Site, drive, drive_with, figure};
use std::time::Duration;

const BUDGET: &str = "latency-budget";

/// The run's first number must stand there within a second. A machine that builds and tests at once is given three times that;
/// the true figure is printed.
const FIRST_NUMBER_MS: f64 = 1000.0;
const HEADROOM: f64 = 3.0;

/// Notes when Run was pressed and when the first number measured here was drawn, and counts the workers.
const PROBE: &str = "
  window.probe = { workers: 0 };
  const worker = window.Worker;
  window.Worker = class extends worker { constructor(...all) { super(...all); window.probe.workers += 1; } };
  addEventListener('click', (event) => {
    if (!event.target.closest?.('[data-action=run]')) return;
    const pressed = performance.now();
    const look = () => {
      const number = document.querySelector('.finding .number')?.firstChild?.textContent.trim();
      const badge = document.querySelector('.finding [data-provenance]')?.dataset.provenance;
      if (['provisional', 'live'].includes(badge) && Number.isFinite(Number.parseFloat(number)))
        window.probe.first = { badge, number, after: performance.now() - pressed };
      else requestAnimationFrame(look);
    };
    look();
  }, true);";

/// Gives every worker a clock that ticks once a millisecond, as Firefox' and Safari's do.
const COARSE_CLOCK: &str = "
  const blob = window.Blob;
  window.Blob = class extends blob {
    constructor(parts, options) {
      const coarse = 'const fine = performance.now.bind(performance); performance.now = () => Math.floor(fine());\\n';
      super(options?.type === 'text/javascript' ? [coarse, ...parts] : parts, options);
    }
  };";

/// Guesses with the arrow keys of the guess bar, and locks the guess.
async fn guess(page: &Page, lab: &Lab<'_>, steps: usize) -> Result<()> {
    page.focus(&lab.within("input[name=guess]")).await?;
    page.press(Key::Left.value().to_string().repeat(steps)).await?;
    lab.press("lock-guess").await
}

/// A finished run shows a length between the floor and today's, with its interval, as measured here, and all four bars.
async fn ensure_measured(page: &Page, lab: &Lab<'_>) -> Result<f64> {
    lab.badge("live").await?;
    let badge = page.text(&lab.within(".finding [data-provenance]")).await?;
    ensure!(badge.contains("LIVE"), "the badge says “{badge}”");
    let (number, low, high) = lab.finding().await?;
    figure("the new request, today's being 100", &format!("{number} ({low}–{high})"));
    ensure!((70.0..100.0).contains(&number), "{number} is not between the floor and today's length");
    ensure!(low <= number && number <= high, "{number} is not within {low}–{high}");
    let bars: Vec<String> = page
        .eval(&format!(
            "[...document.querySelectorAll(\"{}\")].map((bar) => bar.querySelector('.bar-value').innerText)",
            lab.within(".budget-row.is-measured")
        ))
        .await?;
    let lengths =
        bars.iter().map(|bar| bar.parse::<f64>()).collect::<Result<Vec<_>, _>>().with_context(|| format!("{bars:?}"))?;
    ensure!(lengths.len() == 4 && lengths.iter().all(|length| (70.0..=120.0).contains(length)), "the four bars: {bars:?}");
    Ok(number)
}

#[test]
fn from_home_through_the_lesson_to_a_measured_budget() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/")).await?;
        page.click(".hero a.primary").await?;
        page.at(&site.address("/lessons/data/zero-copy/")).await?;
        let lab = Lab::on(page, BUDGET).await?;
        let hidden: usize =
            page.eval(&format!("document.querySelectorAll(\"{}\").length", lab.within(".budget-row .whisker"))).await?;
        ensure!(hidden == 0, "{hidden} bars stand there before the guess");
        guess(page, &lab, 30).await?;
        lab.run().await?;
        ensure_measured(page, &lab).await?;
        let said = page.text(&lab.within(".finding .meaning")).await?;
        ensure!(said.contains("You guessed 70"), "the guess is not set beside the result: {said}");
        Ok(())
    })
}

/// How long after the press the first number stood there, and the clock's step in nanoseconds that the run saw.
fn first_number(scripts: &[&str]) -> Result<(f64, f64)> {
    let site = Site::start("")?;
    drive_with(Machine::Alone, scripts, async |page| {
        page.open(&site.address("/budget/")).await?;
        let lab = Lab::on(page, BUDGET).await?;
        guess(page, &lab, 50).await?;
        page.focus(&lab.within("[data-action=run]")).await?;
        page.press(Key::Enter.value().to_string()).await?;
        let badge: String = page.until("a first number", "window.probe.first?.badge", Duration::from_mins(1)).await?;
        ensure!(badge == "provisional", "the first number came as “{badge}”: rough figures must be marked so");
        let after = page.eval("window.probe.first.after").await?;
        lab.done(Duration::from_secs(130)).await?;
        ensure_measured(page, &lab).await?;
        page.click(&lab.within("input[value=details]")).await?;
        Ok((after, lab.result().await?.environment.clock_step_ns))
    })
}

#[test]
fn a_first_number_stands_there_within_a_second() -> Result<()> {
    let (after, step) = first_number(&[PROBE])?;
    figure("first number after, ms", &format!("{after:.0} (clock step {step} ns)"));
    ensure!(after <= FIRST_NUMBER_MS * HEADROOM, "the first number came after {after:.0} ms");
    Ok(())
}

#[test]
fn a_first_number_stands_there_within_a_second_on_a_millisecond_clock() -> Result<()> {
    let (after, step) = first_number(&[PROBE, COARSE_CLOCK])?;
    figure("first number after, on a 1 ms clock, ms", &format!("{after:.0}"));
    ensure!((step - 1e6).abs() < 1e3, "the clock was not coarse: its step was {step} ns");
    ensure!(after <= FIRST_NUMBER_MS * HEADROOM, "the first number came after {after:.0} ms");
    Ok(())
}

/// Moves a stage's slider between two frames, and tells whether the first bar was drawn anew by the next one, and how long that took.
const MOVE_A_SLIDER: &str = "new Promise((done) => requestAnimationFrame(() => {
    const slider = document.querySelector('.stage-slider input[type=range]');
    const bar = () => document.querySelector('.budget-row:nth-child(3) .bar-value').innerText;
    const [before, start] = [bar(), performance.now()];
    let drawn = null;
    new MutationObserver(() => { drawn = performance.now() - start; }).observe(document.querySelector('.budget-figure'), { subtree: true, childList: true, characterData: true });
    slider.value = String(Number(slider.value) + 100);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    requestAnimationFrame(() => done({ changed: bar() !== before, drawn }));
  }))";

#[derive(serde::Deserialize)]
struct Moved {
    changed: bool,
    drawn: Option<f64>,
}

#[test]
fn what_can_be_done_with_a_result() -> Result<()> {
    let site = Site::start("")?;
    let (link, number) = drive_with(Machine::Alone, &[PROBE], async |page| {
        page.open(&site.address("/budget/")).await?;
        let lab = Lab::on(page, BUDGET).await?;
        guess(page, &lab, 50).await?;
        lab.run().await?;
        let number = ensure_measured(page, &lab).await?;

        // A slider draws anew within a frame, and starts no run.
        page.click(&lab.within("input[value=change]")).await?;
        let moved: Moved = page.eval_async(MOVE_A_SLIDER).await?;
        figure("redraw after a slider's move, ms", &format!("{:.1}", moved.drawn.unwrap_or(f64::NAN)));
        ensure!(moved.changed, "the bars had not moved by the next frame");
        let (stretched, ..) = lab.finding().await?;
        ensure!(stretched > number, "a longer network must shrink the gain: {number} became {stretched}");
        let workers: u32 = page.eval("window.probe.workers").await?;
        ensure!(workers == 1 && lab.state().await? == "done", "the slider started a run ({workers} workers)");
        lab.press("undo").await?;
        ensure!((lab.finding().await?.0 - number).abs() < 1e-9, "undo does not bring {number} back");

        // Another payload makes the figures stale, and the first one makes them live again.
        page.choose(&lab.within("select[name=payload]"), "order").await?;
        lab.badge("stale").await?;
        ensure!(lab.state().await? == "stale", "data-state is not “stale”");
        let badge = page.text(&lab.within(".finding [data-provenance]")).await?;
        ensure!(badge.contains("STALE") && badge.contains("log"), "the badge does not say of what: “{badge}”");
        ensure!(
            page.eval::<bool>(&format!("document.querySelectorAll(\"{}\").length === 4", lab.within(".budget-row.is-stale")))
                .await?
        );
        page.choose(&lab.within("select[name=payload]"), "log").await?;
        lab.badge("live").await?;

        page.click(&lab.within("input[value=details]")).await?;
        let result = lab.result().await?;
        ensure!(
            result.lab == BUDGET && result.build == site.registry.build && result.workers == 1,
            "{} {}",
            result.lab,
            result.build
        );
        ensure!(result.input.get("payload").is_some_and(|payload| payload == "log"), "the result's input: {:?}", result.input);
        ensure!(result.rows.len() == 4 && result.ratios.len() >= 3 && result.samples.len() >= 4, "the result is not whole");
        ensure!(result.rows.iter().all(|row| row.low <= row.median && row.median <= row.high && row.n > 0), "{:?}", result.rows);
        let link = lab.copied("copy-link-result").await?;

        lab.press("reset").await?;
        page.soon("the guess to be asked again", "document.querySelector('input[name=guess]')").await?;
        ensure!(lab.state().await? == "idle", "reset left “{}”", lab.state().await?);
        lab.badge("modelled").await?;
        page.reload().await?;
        page.soon("the guess to be asked after a reload, too", "document.querySelector('input[name=guess]')").await?;
        Ok((link, number))
    })?;

    drive(Machine::Shared, async |page| {
        page.open(&link).await?;
        let lab = Lab::on(page, BUDGET).await?;
        lab.badge("sent").await?;
        ensure!(lab.state().await? == "idle", "a link must start no run");
        let (sent, ..) = lab.finding().await?;
        ensure!((sent - number).abs() < 0.05 + 1e-9, "{number} was sent, {sent} is shown");
        let said = page.text(&lab.within(".finding .meaning")).await?;
        ensure!(said.contains("press Run"), "the reader is not asked for their own: {said}");
        Ok(())
    })
}
