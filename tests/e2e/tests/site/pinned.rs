//! The Pin lab: places of a future are timed, and programs of addresses are stepped through.

use anyhow::{Result, ensure};
use e2e::{Key, Lab, Machine, Session, Site};

#[test]
fn addresses_are_stepped_through_and_a_pinned_value_stays() -> Result<()> {
    let site = Site::start("")?;
    Session { machine: Machine::Shared, ..Session::default() }.drive(async |page| {
        page.open(&site.address("/labs/pin/")).await?;
        let lab = Lab::on(page, "pin").await?;
        page.click("[data-action=run-pin]").await?;
        page.says(".pin-step", "It has noted nothing yet").await?;
        page.click(".step-guess [data-answer=\"0\"]").await?;
        page.says(".pin-step", "You said: still right; right. 1 of 1 guessed right. It notes").await?;
        // The keyboard stays on the answer: the next guess is a press away.
        page.press(Key::Enter.value().to_string()).await?;
        page.says(".pin-step", "You said: still right; not so. 1 of 2 guessed right.").await?;
        page.says(".pin-step", "where it is no more").await?;
        page.says(".pin-places .is-noted", "noted, and left").await?;
        // What is pinned stays where it is, line after line.
        page.choose("select[name=pin-program]", "pinned").await?;
        page.says(".pin-step", "It has noted nothing yet").await?;
        for line in ["It notes", "The pinned box moves", "Into a vector", "The vector grows"] {
            page.click("[data-action=pin-next]").await?;
            page.says(".pin-step", line).await?;
            page.says(".pin-step", "still right").await?;
        }
        page.says(".pin-places", "the value is here, and has noted this").await?;
        page.choose("select[name=pin-program]", "future").await?;
        page.says(".pin-step", "A future of an async fn").await?;
        page.says(".pin-places .is-here", "the value is here").await?;
        page.click("[data-action=pin-next]").await?;
        page.says(".pin-step", "Moved into a box").await?;
        let place: String = page.eval("document.querySelector('.pin-places .is-here code').innerText").await?;
        for line in [
            "It gave: Pending. What it noted is still right",
            "The box moves",
            "It gave: Ready(64). What it noted is still right",
        ] {
            page.click("[data-action=pin-next]").await?;
            page.says(".pin-step", line).await?;
            // The future has not moved: it is drawn where it was, and its letters within it.
            let lies: String = page.eval("document.querySelector('.pin-places .is-here code').innerText").await?;
            ensure!(lies == place, "the future is drawn at {lies}, not at {place}: {line}");
            page.says(".pin-places .is-part, .pin-places .is-here.is-noted", "letters").await?;
        }
        ensure!(page.eval::<bool>("document.querySelector('[data-action=pin-next]').disabled").await?, "there is another line");
        page.choose("select[name=pin-program]", "restless").await?;
        page.says(".pin-step", "A future by hand").await?;
        for line in ["It gave: Pending. What it noted is still right", "where it is no more", "It gave: Ready(false)"] {
            page.click("[data-action=pin-next]").await?;
            page.says(".pin-step", line).await?;
        }
        page.says(".pin-places .is-noted", "noted, and left").await?;
        ensure!(lab.state().await? == "idle", "stepping started a run");
        lab.run().await?;
        Ok(())
    })
}
