//! "Does it compile?": what the page says is right is what rustc said, the diagnostic comes with the answer, and all of it reads without scripts.

use anyhow::{Result, ensure};
use e2e::{Key, Machine, Site, audit, drive};

const LESSON: &str = "/lessons/memory/lifetimes/";
/// A question about a sample that is refused, by rule 2 of three.
const REFUSED: &str = "#c-two-inputs";
/// One about a sample that compiles.
const ACCEPTED: &str = "#c-one-input";

#[test]
fn an_answer_brings_what_rustc_says() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address(LESSON)).await?;
        let open: u32 = page.eval("document.querySelectorAll('.outcome[open]').length").await?;
        ensure!(open == 0, "{open} answers stand open before anybody has answered");
        // With the keyboard: the first answer is that it compiles.
        page.eval::<bool>(&format!("(document.querySelector('{REFUSED} input').focus(), true)")).await?;
        page.press(Key::Space.value().to_string()).await?;
        page.soon("a verdict", &format!("document.querySelector('{REFUSED} .verdict').innerText.startsWith('Not quite')"))
            .await?;
        page.soon("the diagnostic", &format!("document.querySelector('{REFUSED} .outcome[open]')?.innerText.includes('E0106')"))
            .await?;
        let reasons: u32 = page
            .eval(&format!(
                "[...document.querySelectorAll('{REFUSED} .why, {REFUSED} .verdict p')].filter((one) => one.offsetHeight > 0).length"
            ))
            .await?;
        ensure!(reasons == 1, "the reason is shown {reasons} times");
        page.press(Key::Down.value().to_string()).await?;
        page.soon("the other verdict", &format!("document.querySelector('{REFUSED} .verdict').innerText.startsWith('Right')"))
            .await?;
        page.eval::<bool>(&format!("(document.querySelector('{ACCEPTED} input').click(), true)")).await?;
        page.soon(
            "that it compiles",
            &format!("document.querySelector('{ACCEPTED} .outcome[open]')?.innerText.includes('It compiles')"),
        )
        .await?;
        page.soon("a right one", &format!("document.querySelector('{ACCEPTED} .verdict').innerText.startsWith('Right')")).await?;
        let faults = audit(page).await?;
        ensure!(faults.is_empty(), "{faults:#?}");
        page.resize(320, 640).await?;
        let faults = page.sticking_out().await?;
        ensure!(faults.is_empty(), "{faults:#?}");
        page.resize(1280, 900).await
    })
}
