//! A number that a room guesses, offered and settled by the clicker alone.

use super::stage::{enter, forward, press, shows};
use anyhow::{Result, ensure};
use e2e::{Key, Machine, Page, Site, drive};

/// The value of the guess's field that the hall sees, and whether it is settled.
const GUESS: &str = "(({ value, disabled }) => [value, disabled])([...document.querySelectorAll('.number-guess input')].find((one) => one.checkVisibility()) ?? { value: '', disabled: false })";

async fn guess_is(page: &Page, value: &str, locked: bool) -> Result<()> {
    page.soon(
        &format!("the guess {value}, locked: {locked}"),
        &format!("JSON.stringify({GUESS}) === JSON.stringify(['{value}', {locked}])"),
    )
    .await
}

#[test]
fn the_clicker_settles_a_guess_where_the_room_wants_it_and_a_reload_keeps_it() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        enter(page, &site, "/lessons/systems/no-std/").await?;
        let steps: usize = page.eval("Number(document.querySelector('#stage').dataset.stepsInAll)").await?;
        let mut first = 0;
        for step in 1..steps {
            forward(page, step).await?;
            if page.eval::<(String, bool)>(GUESS).await?.0 == "0" {
                first = step;
                break;
            }
        }
        ensure!(first > 0, "no guess is offered in {steps} steps");
        for (at, value) in [(first + 1, "4"), (first + 2, "8")] {
            forward(page, at).await?;
            guess_is(page, value, false).await?;
        }
        press(page, Key::PageUp).await?;
        shows(page, "step", &(first + 1).to_string()).await?;
        guess_is(page, "4", false).await?;
        // The hall has chosen: the next press goes past what else could be offered.
        press(page, Key::PageDown).await?;
        shows(page, "step", &(first + 5).to_string()).await?;
        guess_is(page, "4", true).await?;
        page.reload().await?;
        shows(page, "step", &(first + 5).to_string()).await?;
        guess_is(page, "4", true).await?;
        page.soon(
            "what was guessed, in words",
            "[...document.querySelectorAll('.verdict')].some((one) => one.innerText.includes('Your guess: 4 bytes'))",
        )
        .await?;
        // Once settled it stays, wherever the speaker goes.
        press(page, Key::PageUp).await?;
        press(page, Key::PageUp).await?;
        shows(page, "step", &(first + 3).to_string()).await?;
        guess_is(page, "4", true).await
    })
}
