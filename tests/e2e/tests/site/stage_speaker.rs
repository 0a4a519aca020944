//! The speaker's window: in step with the stage however late it comes, and whichever of the two is loaded anew.

use super::stage::{enter, forward, press, shows};
use anyhow::{Result, ensure};
use e2e::{Key, Machine, Page, Site, drive};

const LESSON: &str = "/lessons/data/zero-copy/";

async fn told(page: &Page, step: usize) -> Result<()> {
    page.soon(
        &format!("the speaker's window at step {step}"),
        &format!("document.querySelector('#speaker')?.dataset.speakerStep === '{step}'"),
    )
    .await
}

#[test]
fn it_is_in_step_after_coming_late_and_after_reloads_of_either() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        enter(page, &site, LESSON).await?;
        forward(page, 1).await?;
        let stage = page.open_window().await?;
        page.open_outside(&site.address(&format!("{LESSON}?speaker=1"))).await?;
        told(page, 1).await?;
        let words = page.text("#speaker").await?;
        ensure!(words.contains("A request and two pies") && words.contains("Next:"), "{words}");
        page.soon("the section's notes", "document.querySelector('.speaker-notes')?.innerText.includes('show of hands')").await?;
        page.click("[data-action=stage-next]").await?;
        told(page, 2).await?;
        let speaker = page.go_to_window(&stage).await?;
        shows(page, "step", "2").await?;

        page.reload().await?;
        shows(page, "step", "2").await?;
        page.go_to_window(&speaker).await?;
        told(page, 2).await?;
        page.open_outside(&site.address(&format!("{LESSON}?speaker=1"))).await?;
        told(page, 2).await?;
        page.go_to_window(&stage).await?;
        press(page, Key::PageDown).await?;
        shows(page, "step", "3").await?;
        page.go_to_window(&speaker).await?;
        told(page, 3).await?;
        page.click("[data-action=stage-black]").await?;
        page.soon("word of the black screen", "document.querySelector('#speaker').innerText.includes('black')").await?;
        page.go_to_window(&stage).await?;
        shows(page, "over", "black").await
    })
}

#[test]
fn it_has_a_clock_and_the_labs_live_state() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        enter(page, &site, "/labs/arena/").await?;
        let stage = page.open_window().await?;
        page.open_outside(&site.address("/labs/arena/?speaker=1")).await?;
        told(page, 0).await?;
        let clock = "document.querySelector('.speaker-times').innerText";
        let before: String = page.eval(clock).await?;
        ensure!(before.contains("since the beginning"), "{before}");
        page.soon("the clock to go on", &format!("{clock} !== {}", serde_json::to_string(&before)?)).await?;
        let lab = "document.querySelector('[data-speaker-lab]')";
        page.soon("the lab at rest", &format!("{lab}.dataset.speakerLab === 'idle'")).await?;
        page.click("[data-action=stage-next]").await?;
        page.soon("the run's progress in words", &format!("/Loading|Preparing|Warming|Sampling|Starting/.test({lab}.innerText)"))
            .await?;
        page.go_to_window(&stage).await?;
        page.eval::<Option<i32>>("document.querySelectorAll('[data-action=cancel]').forEach((one) => one.click())").await?;
        page.soon("the run to be stopped", "document.querySelector('[data-lab]').dataset.state === 'cancelled'").await
    })
}
