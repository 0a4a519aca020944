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
        // The reader says first where the needless clone is; where the copies are comes after.
        let is_disabled: bool = page.eval("document.querySelector('[data-action=count-stages]').disabled").await?;
        ensure!(is_disabled, "the counts can be had without a pick");
        page.choose("select[name=needless-stage]", "1").await?;
        page.choose("select[name=needless-kept]", "text-string").await?;
        page.click(".clones-counted [data-action=count-stages]").await?;
        says(page, ".clones-finding", "Not there.").await?;
        page.choose("select[name=needless-stage]", "3").await?;
        says(page, ".clones-finding", "Found. At “hand to a second list”, String copies").await?;
        page.choose("select[name=needless-stage]", "0").await?;
        says(page, ".clones-finding", "Not there. At “cut into lines”").await?;
        page.choose("select[name=needless-stage]", "3").await?;
        says(page, ".clones-finding", "Found.").await?;
        says(page, ".owner-step", "One owner of a value on the heap").await?;
        page.click(".clones-counted [data-action=owner-next]").await?;
        says(page, ".owner-step", "Alive: 0 B").await?;
        // An Rc with its block: two words of 4 bytes before the value, and what the sentence says stands in the drawing.
        page.click(".clones-counted [data-action=owner-next]").await?;
        let said = says(page, ".owner-step", "from byte 8 value: 2").await?;
        ensure!(said.contains("Owners: 1.") && said.contains("strong: 1"), "{said}");
        page.click(".clones-counted [data-action=owner-next]").await?;
        says(page, ".owner-step", "strong: 2").await?;
        page.soon("the block, drawn", "document.querySelector('.clones-counted .byte-block')?.innerText.includes('strong 2')")
            .await?;
        // The counts follow the input.
        let first: String = page.eval("document.querySelector('.clones-finding').innerText").await?;
        page.choose(&lab.within("select[name=changed]"), "all").await?;
        let other = format!(
            "((text) => text.includes('copies') && text !== {})(document.querySelector('.clones-finding').innerText)",
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
