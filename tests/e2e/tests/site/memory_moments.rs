//! The memory view's moments: which of them a history has, where their buttons lead, and that they say so.

use crate::memory::{drawn, to_the_end, trace};
use anyhow::{Result, ensure};
use e2e::{Lab, Machine, Page, Site, drive};

/// The moments that buttons lead to, in their order.
const STOPS: &str = "[...document.querySelectorAll('.memory-watch button[name^=moment-]')].filter((one) => one.checkVisibility()).map((one) => one.innerText)";

/// What a button has said.
const SAID: &str = "document.querySelector('.memory-view [role=status]').innerText.trim()";

/// Presses a moment's button, and waits until it has said where it led; what it said.
async fn go_to(page: &Page, name: &str) -> Result<String> {
    page.click(&format!(".memory-watch button[name={name}]")).await?;
    let said = format!("{SAID} === document.querySelector('.memory-watch [name=memory-time]').getAttribute('aria-valuetext')");
    page.soon(&format!("{name}, said"), &said).await?;
    page.eval(SAID).await
}

#[test]
fn each_moment_that_a_history_has_is_a_button_that_says_where_it_leads() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/labs/arena/")).await?;
        let lab = Lab::on(page, "arena").await?;
        trace(page).await?;
        ensure!(page.eval::<Vec<String>>(STOPS).await? == ["Start", "Built", "Walked", "End"]);
        ensure!(page.eval::<String>(SAID).await?.is_empty(), "nobody has pressed anything");
        ensure!(go_to(page, "moment-built").await?.contains("walking"));
        ensure!(go_to(page, "moment-walked").await?.contains("tearing down"));
        // A slider speaks for itself.
        to_the_end(page, "memory-time").await?;
        page.soon("a slider that is not said twice", &format!("{SAID} === ''")).await?;
        // At either end the keyboard stays where it is.
        page.click("[name=event-next]").await?;
        ensure!(page.eval::<bool>("document.activeElement.name === 'event-next'").await?, "the focus is lost at the end");
        page.choose(&lab.within("select[name=changes]"), "churn").await?;
        page.soon("a moment more", &format!("({STOPS}).join() === 'Start,Built,Walked,Changed,End'")).await?;
        drawn(page).await?;
        ensure!(go_to(page, "moment-walked").await?.contains("changing"), "the walk’s end is before anything changes");
        ensure!(go_to(page, "moment-changed").await?.contains("tearing down"));
        page.choose("select[name=program]", "rc-changing").await?;
        page.soon("no walk", &format!("({STOPS}).join() === 'Start,Built,Changed,End'")).await?;
        page.open(&site.address("/labs/allocators/")).await?;
        Lab::on(page, "allocators").await?;
        trace(page).await?;
        ensure!(page.eval::<Vec<String>>(STOPS).await? == ["Start", "Fullest", "End"]);
        page.ensure_quiet().await
    })
}
