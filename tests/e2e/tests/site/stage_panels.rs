//! What stands under a lab on the stage: screens of their own, operated by the clicker alone, legible, and as they were after a reload.

use crate::{
    stage::{enter, press},
    stage_walk::{next_words, step_on, walk},
};
use anyhow::{Result, ensure};
use e2e::{Key, Machine, Page, Site, drive};

/// The labs of the registry whose panels take part, with what must be true at their last beat.
const PANELS: [(&str, &str); 8] = [
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
    ("packets", "document.querySelector('select[name=damage]').value === 'length'"),
    ("pin", "document.querySelector('.owner-lines li:last-child').hasAttribute('aria-current')"),
];

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

/// One press, and whether it led on: at the end there is nothing to press for.
async fn on(page: &Page) -> Result<bool> {
    if next_words(page).await? == "the end" {
        return Ok(false);
    }
    step_on(page).await?;
    Ok(true)
}

/// Goes on to the last beat; how many presses that took.
async fn to_the_end(page: &Page, lab: &str) -> Result<u32> {
    let mut presses = 0;
    while on(page).await? {
        presses += 1;
        ensure!(presses < 90, "{lab}: no end");
    }
    Ok(presses)
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
            let beats = to_the_end(page, lab).await?;
            ensure!(beats > 1, "{lab}: {beats} beats");
            page.soon(&format!("{lab}, the last beat's outcome"), end).await?;
            let wrong = walk(page, lab).await?;
            ensure!(wrong.is_empty(), "{lab}, at the end: {wrong:?}");
        }
        Ok(())
    })
}

/// Back over everything and on again leads to the same end; so does a reload there.
#[test]
fn a_talk_goes_back_over_its_panels_and_on_again_and_a_reload_finds_its_end() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for (lab, end) in PANELS {
            at_beat(page, &site, lab).await?;
            let first: String = page.eval("document.querySelector('#stage').dataset.step").await?;
            let presses = to_the_end(page, lab).await?;
            page.soon(&format!("{lab}, the end"), end).await?;
            for _ in 0..2 * presses + 20 {
                if page.eval::<String>("document.querySelector('#stage').dataset.step").await? == first {
                    break;
                }
                press(page, Key::PageUp).await?;
                page.eval_async::<bool>("new Promise((done) => requestAnimationFrame(() => done(true)))").await?;
            }
            ensure!(
                page.eval::<String>("document.querySelector('#stage').dataset.step").await? == first,
                "{lab}: no way back to the panels' beginning"
            );
            to_the_end(page, lab).await?;
            page.soon(&format!("{lab}, the end once more"), end).await?;
            page.reload().await?;
            page.soon(&format!("{lab}, the end after a reload"), end).await?;
        }
        Ok(())
    })
}

/// The list above is of what the site has: who adds a panel adds its end.
#[test]
fn every_lab_with_panels_is_listed() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for lab in site.registry.labs.iter().filter(|lab| lab.listed) {
            enter(page, &site, &lab.route).await?;
            let has = page.eval::<usize>("document.querySelectorAll('[data-panel][data-steps]').length").await? > 0;
            let is_listed = PANELS.iter().any(|(listed, _)| *listed == lab.slug);
            ensure!(has == is_listed, "{}: it has panels with beats: {has}; PANELS lists it: {is_listed}", lab.slug);
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

/// Its first program's lines are not gone again on its second, which the address brings.
#[test]
fn a_reload_finds_the_second_of_two_programs_at_its_line() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        at_beat(page, &site, "pin").await?;
        to_the_end(page, "pin").await?;
        let place = "[...document.querySelectorAll('.owner-lines li')].findIndex((one) => one.hasAttribute('aria-current'))";
        let last: i32 = page.eval(place).await?;
        ensure!(last > 2, "line {last} is the last");
        for back in [0, 2] {
            for line in 1..=back {
                press(page, Key::PageUp).await?;
                page.soon("a line back", &format!("{place} === {}", last - line)).await?;
            }
            page.reload().await?;
            let there = format!("{place} === {} && document.querySelector('#stage')?.dataset.pending === '0'", last - back);
            page.soon(&format!("{back} lines before the last, with nothing left to be done"), &there).await?;
        }
        Ok(())
    })
}
