//! What stands under a lab on the stage: screens of their own, operated by the clicker alone, legible, and as they were after a reload.

use crate::stage::{ensure_legible, enter, press};
use anyhow::{Result, ensure};
use e2e::{Key, Machine, Page, Site, drive};

/// The labs of the registry whose panels take part, with what must be true at their last beat.
const PANELS: [(&str, &str); 7] = [
    ("arena", "document.querySelector('.memory-canvas').dataset.moment === document.querySelector('[name=memory-time]').max"),
    (
        "allocators",
        // The same calls under the other allocator; and the exercise, decided.
        "document.querySelector('.by-hand-outcome').textContent.includes('1000 bytes begin at 0')
            && document.querySelector('.judgement').textContent.includes('All tests pass')",
    ),
    ("clones", "document.querySelector('.owner-lines li:last-child').hasAttribute('aria-current')"),
    ("interior-mutability", "document.querySelector('.borrow-twice').textContent.includes('last words')"),
    ("layout", "document.querySelector('[data-part=order] .meaning').textContent.includes('no order is smaller')"),
    ("lifetimes", "document.querySelector('.judge-score').textContent.startsWith('Question 5')"),
    ("pin", "document.querySelector('.owner-lines li:last-child').hasAttribute('aria-current')"),
];

/// Where the talk is: the beat, and the line of a program that is gone through.
const PLACE: &str = "(() => {
    const line = [...document.querySelectorAll('.owner-lines li')].findIndex((one) => one.hasAttribute('aria-current') && one.checkVisibility());
    return `${document.querySelector('#stage').dataset.step} ${line}`;
})()";

/// The first beat behind the lab's own.
async fn first_beat(page: &Page) -> Result<usize> {
    page.eval("document.querySelector('[data-lab]').dataset.steps.split(';').length + 1").await
}

async fn at_beat(page: &Page, site: &Site, lab: &str) -> Result<()> {
    enter(page, site, &format!("/labs/{lab}/")).await?;
    let first = first_beat(page).await?;
    page.open(&site.address(&format!("/labs/{lab}/?stage=1&step={first}"))).await?;
    page.soon("the panel's screen", &format!("document.querySelector('#stage')?.dataset.step === '{first}'")).await?;
    page.soon("the panel", "[...document.querySelectorAll('[data-panel]')].some((one) => one.checkVisibility())").await
}

/// One press, and whether it led on: to the next beat, or to the next line.
async fn on(page: &Page) -> Result<bool> {
    let before: String = page.eval(PLACE).await?;
    let last = "(() => { const { step, stepsInAll } = document.querySelector('#stage').dataset; return step === String(stepsInAll - 1); })()";
    let is_last: bool = page.eval(last).await?;
    let goes_on = r"(() => {
        const panel = [...document.querySelectorAll('[data-panel]')].find((one) => one.checkVisibility());
        const walk = panel.dataset.steps.match(/walk (\S+) back/);
        const button = walk && panel.querySelector(walk[1]);
        return !!button && !button.disabled && !button.closest('[hidden]');
    })()";
    if is_last && !page.eval::<bool>(goes_on).await? {
        return Ok(false);
    }
    press(page, Key::PageDown).await?;
    page.soon("the next beat or line", &format!("{PLACE} !== {}", serde_json::to_string(&before)?)).await?;
    Ok(true)
}

#[test]
fn a_labs_panels_are_screens_of_their_own() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for (lab, end) in PANELS {
            at_beat(page, &site, lab).await?;
            ensure!(
                page.eval::<bool>("!document.querySelector('[data-lab]').checkVisibility()").await?,
                "{lab}: the lab is there too"
            );
            let mut beats = 0;
            loop {
                ensure_legible(page, &format!("{lab}, {beats} beats on")).await?;
                if !on(page).await? {
                    break;
                }
                beats += 1;
                ensure!(beats < 60, "{lab}: no end");
            }
            ensure!(beats > 1, "{lab}: {beats} beats");
            page.soon(&format!("{lab}, the last beat's outcome"), end).await?;
            ensure_legible(page, &format!("{lab}, at the end")).await?;
        }
        Ok(())
    })
}

#[test]
fn a_program_is_gone_through_and_back_and_a_reload_keeps_the_line() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        at_beat(page, &site, "interior-mutability").await?;
        on(page).await?;
        page.soon("the program's first line", "document.querySelector('li[aria-current]')").await?;
        for _ in 0..4 {
            on(page).await?;
        }
        let current = "[...document.querySelectorAll('.owner-lines li')].findIndex((one) => one.hasAttribute('aria-current'))";
        ensure!(page.eval::<i32>(current).await? == 4, "four presses, line {}", page.eval::<i32>(current).await?);
        page.reload().await?;
        page.soon("the line after a reload", &format!("{current} === 4")).await?;
        for line in [3, 2, 1, 0] {
            press(page, Key::PageUp).await?;
            page.soon(&format!("line {line} again"), &format!("{current} === {line}")).await?;
        }
        on(page).await?;
        page.soon("forward again", &format!("{current} === 1")).await
    })
}
