//! The main job with the keyboard alone: every stop can be seen, and the focus is never lost.

use anyhow::{Result, ensure};
use e2e::{Key, Lab, Machine, Page, Site, drive};
use std::time::Duration;

/// What has the focus: a selector-like name, whether it is the element sought, and whether a reader can see that it has it.
#[derive(serde::Deserialize)]
struct Focus {
    name: String,
    is_it: bool,
    is_seen: bool,
}

/// The stops between two places on a page are far fewer.
const MOST_STOPS: usize = 200;

async fn focus(page: &Page, sought: &str) -> Result<Focus> {
    page.eval(&format!(
        "(() => {{
           const one = document.activeElement;
           // A tab's radio button is drawn by its label.
           const drawn = one.closest('.tab') ?? one;
           const [style, box] = [getComputedStyle(drawn), drawn.getBoundingClientRect()];
           const is_seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.height > 0
             && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
           const name = one.tagName.toLowerCase() + [...one.attributes].map((a) => `[${{a.name}}=\"${{a.value.slice(0, 40)}}\"]`).join('');
           return {{ name, is_it: one.matches({}), is_seen }};
         }})()",
        serde_json::json!(sought)
    ))
    .await
}

/// Presses Tab until an element has the focus; every stop on the way must be seen.
async fn tab_to(page: &Page, sought: &str) -> Result<()> {
    let mut stops = Vec::new();
    while stops.len() < MOST_STOPS {
        page.press(Key::Tab.value().to_string()).await?;
        let focus = focus(page, sought).await?;
        // Between the document's end and its start lies one stop that is the browser's own.
        if focus.name.starts_with("body") {
            ensure!(!stops.contains(&focus.name), "{sought} is not reached in a whole round: {stops:#?}");
            stops.push(focus.name);
            continue;
        }
        ensure!(focus.is_seen, "the focus cannot be seen on {}; the stops before: {stops:#?}", focus.name);
        if focus.is_it {
            return Ok(());
        }
        stops.push(focus.name);
    }
    anyhow::bail!("{sought} is not reached by Tab; the first stops: {:#?}", &stops[..stops.len().min(12)])
}

/// The focus is on something within `place`: what a key press replaced must hand it on.
async fn ensure_focus_within(page: &Page, place: &str, after: &str) -> Result<()> {
    let focus = focus(page, &format!("{place} *, {place}")).await?;
    ensure!(focus.is_it, "after {after}, the focus is on {}, not within {place}", focus.name);
    Ok(())
}

async fn enter(page: &Page) -> Result<()> {
    page.press(Key::Enter.value().to_string()).await
}

#[test]
fn the_skip_link_leads_past_the_head() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for route in ["/", "/lessons/data/zero-copy/", "/budget/"] {
            page.open(&site.address(route)).await?;
            page.press(Key::Tab.value().to_string()).await?;
            let first = focus(page, "a.skip").await?;
            ensure!(first.is_it && first.is_seen, "{route}: the first stop is {}, seen: {}", first.name, first.is_seen);
            enter(page).await?;
            page.soon("the focus in the content", "document.activeElement.id === 'content'").await?;
            page.press(Key::Tab.value().to_string()).await?;
            ensure_focus_within(page, "main", "the skip link and Tab").await?;
        }
        Ok(())
    })
}

#[test]
fn following_a_link_hands_the_focus_to_the_new_page() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/")).await?;
        tab_to(page, ".hero a.primary").await?;
        enter(page).await?;
        page.at(&site.address("/lessons/data/zero-copy/")).await?;
        page.soon("the focus in the new content", "document.activeElement.closest('main')").await
    })
}

#[test]
fn the_main_job() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/")).await?;
        tab_to(page, ".hero a.primary").await?;
        enter(page).await?;
        page.at(&site.address("/lessons/data/zero-copy/")).await?;
        let lab = Lab::on(page, "latency-budget").await?;
        tab_to(page, &lab.within("input[name=guess]")).await?;
        page.press(Key::Left.value().to_string().repeat(28)).await?;
        tab_to(page, &lab.within("[data-action=lock-guess]")).await?;
        enter(page).await?;
        page.soon("the guess to be locked", "!document.querySelector('input[name=guess]')").await?;
        tab_to(page, &lab.within("[data-action=run]")).await?;
        enter(page).await?;
        lab.done(Duration::from_secs(130)).await?;
        ensure!(
            page.text(&lab.within(".finding .meaning")).await?.contains("You guessed 72"),
            "the guess of the keys is not shown"
        );
        // The panels' tabs are a radio group: one stop, and the arrows go through them.
        tab_to(page, &lab.within("input[value=why]")).await?;
        page.press(Key::Right.value().to_string()).await?;
        page.soon("the next panel", "document.querySelector('.stage-slider')").await?;
        ensure!(focus(page, "input[value=change]").await?.is_seen, "the open tab does not show the focus");
        Ok(())
    })
}

#[test]
fn a_button_that_goes_away_hands_its_focus_on() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/budget/")).await?;
        let lab = Lab::on(page, "latency-budget").await?;
        page.focus(&lab.within("[data-action=lock-guess]")).await?;
        enter(page).await?;
        page.soon("the guess to be locked", "!document.querySelector('input[name=guess]')").await?;
        let mut lost = Vec::new();
        let mut look = async |after: &str| {
            if let Err(error) = ensure_focus_within(page, "[data-lab]", after).await {
                lost.push(error.to_string());
            }
            anyhow::Ok(())
        };
        page.soon("the focus within the lab", "document.activeElement.closest('[data-lab]')").await?;
        look("locking the guess").await?;
        page.focus(&lab.within("[data-action=run]")).await?;
        enter(page).await?;
        page.soon("the run to start", "document.querySelector('[data-action=cancel]')").await?;
        look("pressing Run").await?;
        page.focus(&lab.within("[data-action=cancel]")).await?;
        enter(page).await?;
        page.soon("the run to stop", "document.querySelector('[data-action=run]')").await?;
        look("pressing Stop").await?;
        page.focus(&lab.within("[data-action=run]")).await?;
        enter(page).await?;
        page.soon("the run to start", "document.querySelector('[data-action=cancel]')").await?;
        page.focus(&lab.within("[data-action=cancel]")).await?;
        lab.done(Duration::from_secs(130)).await?;
        look("the run's end").await?;
        ensure!(lost.is_empty(), "{}", lost.join("\n"));
        Ok(())
    })
}
