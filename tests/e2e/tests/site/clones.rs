//! The clones lab: five ways to keep a text are timed, each stage's copies are counted on a press, and a program of owners is stepped through.

use anyhow::{Result, ensure};
use e2e::{Lab, Machine, Page, Site, drive};
use serde_json::json;

/// The text of an element, once it says this.
async fn says(page: &Page, selector: &str, words: &str) -> Result<String> {
    page.soon(words, &format!("document.querySelector({})?.innerText.includes({})", json!(selector), json!(words))).await?;
    page.eval(&format!("document.querySelector({}).innerText", json!(selector))).await
}

#[test]
fn the_clones_lab_runs_counts_each_stage_and_steps_through_owners() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/labs/clones/")).await?;
        let lab = Lab::on(page, "clones").await?;
        page.choose(&lab.within("select[name=lines]"), "1000").await?;
        page.click(".clones-counted [data-action=count-stages]").await?;
        says(page, ".clones-finding", "Copied as String though one of the others copies less").await?;
        says(page, ".owner-step", "One owner of a value on the heap").await?;
        page.click(".clones-counted [data-action=owner-next]").await?;
        says(page, ".owner-step", "Alive: 0 B").await?;
        // The counts follow the input.
        let first: String = page.eval("document.querySelector('.clones-finding').innerText").await?;
        page.choose(&lab.within("select[name=changed]"), "all").await?;
        let other = format!(
            "((text) => text.startsWith('Copied') && text !== {})(document.querySelector('.clones-finding').innerText)",
            json!(first)
        );
        page.soon("other counts", &other).await?;
        ensure!(lab.state().await? == "idle", "counting started a run");
        lab.run().await?;
        let remark: String = page.eval(&format!("document.querySelector({}).innerText", json!(lab.within(".remark")))).await?;
        ensure!(remark.contains("0 B") || remark.contains("kB"), "{remark}");
        page.ensure_quiet().await
    })
}
