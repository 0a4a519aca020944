//! The keys of the stage that no other test presses, what it keeps of a lesson's labs, and a browser that stores nothing.

use super::stage::{enter, forward, press, shows};
use anyhow::{Result, ensure};
use e2e::{Key, Lab, Machine, Page, Site, drive, drive_with};

const LESSON: &str = "/lessons/data/zero-copy/";

async fn there(page: &Page) -> Result<()> {
    page.soon("the stage", "Number(document.querySelector('#stage')?.dataset.stepsInAll) > 1").await
}

#[test]
fn letters_and_arrows_drive_the_stage() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.resize(1920, 1080).await?;
        page.open(&site.address("/labs/arena/")).await?;
        // As the browser tells of it: a driver lets go of Alt before it presses the letter.
        page.eval::<bool>("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 's', code: 'KeyS', altKey: true, bubbles: true })) || true")
            .await?;
        there(page).await?;
        for (key, step) in [(Key::Right, "1"), (Key::Left, "0")] {
            press(page, key).await?;
            shows(page, "step", step).await?;
        }
        let digits = "document.querySelector('[data-lab]').innerText";
        let before: String = page.eval(digits).await?;
        page.press("2").await?;
        page.soon("the second preset", &format!("{digits} !== {}", serde_json::to_string(&before)?)).await?;
        page.press(" ").await?;
        shows(page, "stageState", "running").await?;
        page.click("[data-action=cancel]").await?;
        page.press("f").await?;
        page.soon("full screen", "document.fullscreenElement").await?;
        page.press("f").await?;
        page.soon("the window again", "!document.fullscreenElement").await?;
        // A window of its own would take the focus from the test.
        page.eval::<bool>("(window.open = (address) => { window.opened = address; return null; }) && true").await?;
        page.press("n").await?;
        page.soon("the speaker's window to be opened", "window.opened?.endsWith('/labs/arena/?speaker=1')").await?;
        ensure!(page.address().await?.contains("seed="), "no seed in {}", page.address().await?);
        Ok(())
    })
}

/// A number field of whole numbers has no use for a point; a clicker's black screen is one.
#[test]
fn the_black_screen_comes_from_a_field_too() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        enter(page, &site, "/lessons/systems/no-std/").await?;
        let field = "[...document.querySelectorAll('.number-guess input')].find((one) => one.checkVisibility())";
        for step in 1..200 {
            if page.eval::<bool>(&format!("!!{field}")).await? {
                break;
            }
            forward(page, step).await?;
        }
        page.eval::<bool>(&format!("{field}.focus() === undefined")).await?;
        page.press(".").await?;
        shows(page, "over", "black").await
    })
}

#[test]
fn a_lesson_keeps_its_labs_choices_over_a_reload_and_resets_to_its_own() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        enter(page, &site, LESSON).await?;
        let lab = "[...document.querySelectorAll('[data-lab]')].find((one) => one.checkVisibility())";
        for step in 1..200 {
            if page.eval::<bool>(&format!("!!{lab}?.querySelector('.toolbar select')")).await? {
                break;
            }
            forward(page, step).await?;
        }
        let chosen = format!("{lab}.querySelector('.toolbar select').value");
        let first: String = page.eval(&chosen).await?;
        let other = format!(
            "(() => {{ const all = {lab}.querySelector('.toolbar select'); all.selectedIndex = (all.selectedIndex + 1) % all.length;
                all.dispatchEvent(new Event('change', {{ bubbles: true }})); return all.value; }})()"
        );
        let other: String = page.eval(&other).await?;
        ensure!(other != first, "there is one choice");
        press(page, Key::PageDown).await?;
        press(page, Key::PageUp).await?;
        page.reload().await?;
        there(page).await?;
        page.soon("the choice after a reload", &format!("{lab} && {chosen} === '{other}'")).await?;
        page.press(format!("{}R", Key::Shift.value())).await?;
        page.soon("the lesson's own choice", &format!("{chosen} === '{first}'")).await
    })
}

/// As a browser denies it: the property itself throws.
const DENIED: &str = "
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
    Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });";

#[test]
fn the_stage_works_without_storage() -> Result<()> {
    let site = Site::start("")?;
    drive_with(Machine::Shared, &[DENIED], async |page| {
        enter(page, &site, "/budget/").await?;
        for step in 1..=4 {
            forward(page, step).await?;
        }
        page.press("c").await?;
        page.soon("high contrast", "document.documentElement.dataset.stageContrast === 'high'").await?;
        page.reload().await?;
        shows(page, "step", "4").await?;
        let lab = Lab::on(page, "latency-budget").await?;
        ensure!(lab.state().await? == "idle", "a reload has run the lab");
        forward(page, 5).await?;
        page.soon("the guess to be settled", "!document.querySelector('.guess-form')").await
    })
}
