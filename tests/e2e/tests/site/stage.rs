//! The stage: a whole talk from a clicker, what a reload keeps, what a hall can read, and the QR code that the audience takes home.

use crate::stage_walk::ensure_legible;
use anyhow::{Context as _, Result, ensure};
use e2e::{Key, Lab, Machine, Page, Site, drive, drive_with, figure};
use serde_json::json;
use std::time::Duration;

const BUDGET: &str = "latency-budget";

/// A run's own deadlines end it before.
const RUN: Duration = Duration::from_secs(130);

/// The budget's steps: four values of the guess are offered before it is settled.
const SETTLED: usize = 5;
const RAN: usize = SETTLED + 1;

/// Opens a route on the stage, at a projector's size, and waits until it stands.
pub async fn enter(page: &Page, site: &Site, route: &str) -> Result<()> {
    page.resize(1920, 1080).await?;
    page.open(&site.address(&format!("{route}?stage=1"))).await?;
    page.soon("the stage", "Number(document.querySelector('#stage')?.dataset.stepsInAll) > 1").await
}

pub async fn press(page: &Page, key: Key) -> Result<()> {
    page.press(key.value().to_string()).await
}

/// Waits for a value of the stage's element.
pub async fn shows(page: &Page, name: &str, value: &str) -> Result<()> {
    let expression = format!("document.querySelector('#stage')?.dataset.{name} === '{value}'");
    page.soon(&format!("{name} to be “{value}”"), &expression).await
}

/// One press of the clicker, to step `step`. A noisy run offers a recorded one first: then it takes two presses.
pub async fn forward(page: &Page, step: usize) -> Result<()> {
    let place = "(({ step, down }) => step + ' ' + down)(document.querySelector('#stage').dataset)";
    // What lies below the view comes first, with a press of its own.
    for _ in 0..20 {
        let before: String = page.eval(place).await?;
        press(page, Key::PageDown).await?;
        let there = format!(
            "(({{ step, stageState }}) => (step === '{step}' && 'there') || ({place} !== {} && 'further') || (stageState === 'recorded' && 'recorded'))
             (document.querySelector('#stage').dataset)",
            json!(before)
        );
        let state: String = page.until(&format!("step {step}"), &there, Duration::from_secs(30)).await?;
        let is_there = page.eval::<String>("document.querySelector('#stage').dataset.step").await? == step.to_string();
        if state == "recorded" && !is_there {
            press(page, Key::PageDown).await?;
        }
        if is_there || state != "further" {
            break;
        }
    }
    shows(page, "step", &step.to_string()).await
}

async fn count(page: &Page, selector: &str) -> Result<usize> {
    page.eval(&format!("[...document.querySelectorAll(\"{selector}\")].filter((one) => one.checkVisibility({{ checkVisibilityCSS: true }})).length")).await
}

/// Goes on to the run's step and waits for the run's end.
async fn to_the_result(page: &Page) -> Result<()> {
    for step in 1..=SETTLED {
        forward(page, step).await?;
    }
    page.soon("the guess to be settled", "!document.querySelector('.guess-form')").await?;
    press(page, Key::PageDown).await?;
    page.until::<bool>(
        "the run's end",
        &format!("document.querySelector(\"[data-lab='{BUDGET}']\").dataset.state === 'done'"),
        RUN,
    )
    .await?;
    shows(page, "step", &RAN.to_string()).await
}

/// The text of the QR code that is drawn.
async fn read_code(page: &Page) -> Result<String> {
    let size: usize = page.eval("Number(document.querySelector('.qr-code path').dataset.modules)").await?;
    let path: String = page.eval("document.querySelector('.qr-code path').getAttribute('d')").await?;
    let mut dark = vec![false; size * size];
    for module in path.split('M').filter(|module| !module.is_empty()) {
        let (x, y) = module.split_once('h').and_then(|(place, _)| place.split_once(',')).with_context(|| module.to_owned())?;
        dark[y.parse::<usize>()? * size + x.parse::<usize>()?] = true;
    }
    let grid = rqrr::SimpleGrid::from_func(size, |x, y| dark[y * size + x]);
    let (_, text) = rqrr::Grid::new(grid).decode().context("the code cannot be read")?;
    Ok(text)
}

#[test]
fn a_whole_talk_by_the_clicker_alone() -> Result<()> {
    let site = Site::start("/a/b")?;
    drive(Machine::Alone, async |page| {
        enter(page, &site, "/budget/").await?;
        ensure!(count(page, ".site-header, .site-footer").await? == 0, "the site's head or foot is on the stage");
        to_the_result(page).await?;
        let rungs = "[data-lab] .budget-row";
        for (step, shown) in [(RAN + 1, 2), (RAN + 2, 3), (RAN + 3, 4)] {
            ensure!(count(page, rungs).await? == shown - 1, "before step {step} there are {} rungs", count(page, rungs).await?);
            forward(page, step).await?;
            ensure!(count(page, rungs).await? == shown, "at step {step} there are {} rungs", count(page, rungs).await?);
        }
        ensure!(count(page, ".finding .number").await? == 0, "the number is shown before its step");
        forward(page, RAN + 4).await?;
        ensure!(count(page, ".finding .number").await? == 1, "the number is not shown at its step");
        let lab = Lab::on(page, BUDGET).await?;
        let (before, ..) = lab.finding().await?;
        forward(page, RAN + 5).await?;
        page.soon("the slider to have moved", "document.querySelector('.stage-slider input[type=range]')?.value === '464'")
            .await?;
        let (stretched, ..) = lab.finding().await?;
        ensure!(stretched > before, "a longer network must shrink the gain: {before} became {stretched}");
        press(page, Key::PageUp).await?;
        shows(page, "step", &(RAN + 4).to_string()).await?;
        page.soon("the slider to be back", "document.querySelector('.stage-slider input[type=range]')?.value === '215'").await?;
        forward(page, RAN + 5).await?;
        forward(page, RAN + 6).await?;
        shows(page, "over", "qr").await?;
        let address = read_code(page).await?;
        figure("the QR code's address, bytes", &address.len().to_string());
        ensure!(address.starts_with(&site.address("/budget/")), "{address}");
        let typed = page.text(".stage-address").await?;
        ensure!(address.contains(&typed), "{typed} is typed, {address} is read");

        page.open(&address).await?;
        let lab = Lab::on(page, BUDGET).await?;
        lab.badge("sent").await?;
        let (sent, ..) = lab.finding().await?;
        ensure!((sent - stretched).abs() < 0.05 + 1e-9, "{stretched} was on the stage, {sent} was sent");
        Ok(())
    })
}

#[test]
fn the_clicker_reaches_the_stage_from_a_slider_and_a_reload_keeps_step_and_state() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Alone, async |page| {
        enter(page, &site, "/budget/").await?;
        page.focus("input[name=guess]").await?;
        press(page, Key::PageUp).await?;
        let value: String = page.eval("document.querySelector('input[name=guess]').value").await?;
        ensure!(value == "100", "PageUp moved the slider to {value}");
        to_the_result(page).await?;
        forward(page, RAN + 1).await?;
        forward(page, RAN + 2).await?;
        ensure!(page.address().await?.contains(&format!("step={}", RAN + 2)), "{}", page.address().await?);
        page.reload().await?;
        shows(page, "step", &(RAN + 2).to_string()).await?;
        let lab = Lab::on(page, BUDGET).await?;
        lab.badge("recorded").await?;
        page.soon("the rungs up to the step", "document.querySelectorAll('.budget-row:not([data-stage-held])').length === 3")
            .await?;
        // Until the page knows what ran here, it shows what came with the site, which is a recording too.
        let mark = "document.querySelector('.stage-watermark')?.textContent ?? ''";
        page.soon(
            "the speaker's own run, said to be recorded",
            &format!("/RECORDED.*this machine \\(.*a run on stage, 20/.test({mark})"),
        )
        .await?;
        page.soon("the guess as it was settled", "!document.querySelector('.guess-form')").await?;
        Ok(())
    })
}

#[test]
fn the_keys_beside_the_clicker() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        enter(page, &site, "/budget/").await?;
        page.press(".").await?;
        shows(page, "over", "black").await?;
        ensure!(page.eval::<bool>("document.elementsFromPoint(960, 540).length > 0 && document.querySelector('.stage-black').getBoundingClientRect().width === innerWidth").await?);
        press(page, Key::PageDown).await?;
        shows(page, "over", "").await?;
        shows(page, "step", "0").await?;
        page.press("3").await?;
        page.soon("the third preset", "document.querySelector('select[name=preset]').value === 'game-server'").await?;
        ensure!(page.text(".stage-step").await?.contains("seed 3141592653"), "{}", page.text(".stage-step").await?);
        page.press("?").await?;
        shows(page, "over", "keys").await?;
        press(page, Key::Escape).await?;
        shows(page, "over", "").await?;
        page.press("c").await?;
        page.soon("high contrast", "document.documentElement.dataset.stageContrast === 'high'").await?;
        page.press("l").await?;
        page.soon("large type", "document.documentElement.dataset.stageType === 'large'").await?;
        page.press("q").await?;
        shows(page, "over", "qr").await?;
        page.press("q").await?;
        page.press("a").await?;
        page.soon("the form", "document.activeElement.matches('#stage input[name=public]')").await?;
        page.press("ferroscope.example").await?;
        press(page, Key::Enter).await?;
        page.soon(
            "what is wrong with the address",
            "document.querySelector('.stage-note').innerText.includes('must begin with https')",
        )
        .await?;
        shows(page, "over", "address").await?;
        page.eval::<bool>("(document.querySelector('#stage input[name=public]').value = '') === ''").await?;
        page.press("https://ferroscope.example/x").await?;
        press(page, Key::Enter).await?;
        shows(page, "over", "").await?;
        page.press("q").await?;
        shows(page, "over", "qr").await?;
        let address = read_code(page).await?;
        ensure!(address.starts_with("https://ferroscope.example/x/budget/#s="), "{address}");
        press(page, Key::Escape).await?;
        page.press(format!("{}R", Key::Shift.value())).await?;
        page.soon("the lab as it starts", "document.querySelector('select[name=preset]').value === 'roadmap'").await?;
        press(page, Key::Escape).await?;
        page.soon("the stage to be gone", "!document.querySelector('#stage') && !document.documentElement.dataset.stage").await?;
        ensure!(!page.address().await?.contains("stage"), "{}", page.address().await?);
        ensure!(count(page, ".site-header").await? == 1, "the page is not as it was");
        // The clicker's other key loads the page anew, and the talk goes on where it was left.
        page.reload().await?;
        shows(page, "step", "0").await?;
        forward(page, 1).await?;
        press(page, Key::Escape).await?;
        page.soon("the stage to be gone again", "!document.querySelector('#stage')").await?;
        page.reload().await?;
        shows(page, "step", "1").await?;
        // Any other way to the page leads to the page.
        page.open(&site.address("/budget/")).await?;
        page.soon("the page", "document.querySelector('[data-lab]') && !document.documentElement.dataset.stage").await?;
        Ok(())
    })
}

/// The stage comes up in one piece: nothing that the hall sees moves.
#[test]
fn entering_the_stage_shifts_nothing() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        let lessons = site.registry.lessons.iter().map(|lesson| lesson.route.clone());
        let labs = site.registry.labs.iter().filter(|lab| lab.listed).map(|lab| lab.route.clone());
        for route in labs.chain(lessons) {
            enter(page, &site, &route).await?;
            let shifts = page.shifts().await?;
            let sum = shifts.iter().fold(0.0, |sum, shift| sum + shift.value);
            figure(&format!("layout shifts of {route} on the stage"), &format!("{sum:.4}"));
            ensure!(sum < 0.02, "{route}: {sum} {shifts:?}");
        }
        Ok(())
    })
}

/// A clock that a test can put forward.
const CLOCK: &str =
    "const now = performance.now.bind(performance); window.later = 0; performance.now = () => now() + window.later;";

#[test]
fn a_slow_run_offers_the_rehearsals_and_a_frozen_result_stays() -> Result<()> {
    let site = Site::start("")?;
    drive_with(Machine::Alone, &[CLOCK], async |page| {
        enter(page, &site, "/budget/").await?;
        let saved = "document.querySelector('[data-offline]')?.dataset.offline === 'ready'";
        page.until::<bool>("the site to be saved", saved, RUN).await?;
        page.press("w").await?;
        page.until::<bool>("the rehearsal", "document.querySelector('#stage').dataset.rehearsal === 'ready'", RUN).await?;
        let note = page.text(".stage-note").await?;
        // On a machine with other work to do the rehearsal says so, and its run is shown in nobody's place.
        let is_noisy = note.starts_with("Ready, but noisy: ");
        ensure!(note.contains(": 1 lab ran, clock step") && (is_noisy || note.starts_with("Ready: ")), "“{note}”");
        ensure!(note.ends_with(" Offline ready."), "“{note}”");
        let lab = Lab::on(page, BUDGET).await?;
        ensure!(lab.state().await? == "idle", "the rehearsal ran on the stage: {}", lab.state().await?);

        for step in 1..=SETTLED {
            forward(page, step).await?;
        }
        press(page, Key::PageDown).await?;
        shows(page, "step", &RAN.to_string()).await?;
        shows(page, "stageState", "running").await?;
        page.eval::<i32>("window.later = 7000").await?;
        press(page, Key::PageDown).await?;
        shows(page, "stageState", "recorded").await?;
        shows(page, "step", &RAN.to_string()).await?;
        let watermark = page.text(".stage-watermark").await?;
        ensure!(watermark.contains("RECORDED") && (is_noisy || watermark.contains("the rehearsal, 20")), "“{watermark}”");
        lab.badge("recorded").await?;

        // The run that was too slow ends; its result is shown when the replay is taken away.
        page.until::<bool>(
            "the run's end",
            &format!("document.querySelector(\"[data-lab='{BUDGET}']\").dataset.state === 'done'"),
            RUN,
        )
        .await?;
        lab.badge("recorded").await?;
        page.press("y").await?;
        lab.badge("live").await?;
        ensure!(count(page, ".stage-across, .stage-watermark").await? == 0, "a live result bears a watermark");
        page.press("z").await?;
        page.soon("the frozen result", "document.querySelector('.stage-watermark')?.innerText.startsWith('FROZEN')").await?;
        let rung = "document.querySelector('.budget-row:nth-of-type(3)').textContent";
        let before: String = page.eval(rung).await?;
        page.choose("select[name=payload]", "order").await?;
        page.soon("what it was measured for", "document.querySelector('.stage-watermark')?.innerText.includes('measured for')")
            .await?;
        ensure!(page.eval::<String>(rung).await? == before, "a change replaced the frozen result");
        // A select that has the focus keeps letters for itself.
        page.eval::<bool>("document.activeElement.blur() === undefined").await?;
        page.press("z").await?;
        lab.badge("stale").await?;
        Ok(())
    })
}

#[test]
fn a_hall_can_read_it() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        enter(page, &site, "/budget/").await?;
        ensure_legible(page, "budget, before the guess").await?;
        to_the_result(page).await?;
        for step in RAN + 1..=RAN + 4 {
            forward(page, step).await?;
        }
        let (text, drawn) = ensure_legible(page, "budget, with its result").await?;
        figure("smallest text and chart label on the stage, px", &format!("{text:.1} {drawn:.1}"));
        forward(page, RAN + 5).await?;
        ensure_legible(page, "budget, with its slider").await?;

        for lab in site.registry.labs.iter().filter(|lab| lab.listed) {
            enter(page, &site, &lab.route).await?;
            ensure_legible(page, &format!("{}, before its run", lab.route)).await?;
        }
        for route in ["/labs/arena/", "/labs/serialization/"] {
            enter(page, &site, route).await?;
            let steps: usize = page.eval("Number(document.querySelector('#stage').dataset.stepsInAll)").await?;
            press(page, Key::PageDown).await?;
            Lab::on(page, route.trim_matches('/').trim_start_matches("labs/")).await?.done(RUN).await?;
            // The lab's last step is the QR code; behind it come the panels under it.
            let own: usize = page.eval("document.querySelector('[data-lab]').dataset.steps.split(';').length").await?;
            for step in 2..own.min(steps - 1) {
                forward(page, step).await?;
                ensure_legible(page, &format!("{route}, step {step}")).await?;
                // Kinds of formats share a screen, as they share an axis; an arena's phases do not.
                if route == "/labs/arena/" {
                    let parts = count(page, "[data-part]").await?;
                    ensure!(parts == 1, "{route}, step {step}: {parts} phases at once");
                }
            }
        }

        for route in ["/lessons/data/zero-copy/", "/lessons/memory/arenas/"] {
            enter(page, &site, route).await?;
            let base: f64 = page.eval("parseFloat(getComputedStyle(document.body).fontSize)").await?;
            ensure!(base >= 24.0, "the base type is {base} px");
            let screens: usize = page.eval("Number(document.querySelector('#stage').dataset.stepsInAll)").await?;
            figure("beats of the lesson", &format!("{route} {screens}"));
            ensure!(screens > 20, "{route} has {screens} beats");
        }
        Ok(())
    })
}
