//! Columns, packets, and the budget under load: what is computed answers a slider, what is measured waits for a press.

use anyhow::{Result, ensure};
use e2e::{Lab, Machine, Page, Site, drive};
use serde_json::json;

/// The text of an element, once it has one.
async fn text(page: &Page, selector: &str) -> Result<String> {
    page.soon(selector, &format!("document.querySelector({})?.innerText.trim()", json!(selector))).await?;
    page.eval(&format!("document.querySelector({}).innerText.trim()", json!(selector))).await
}

/// Moves a slider to a place, as a hand would.
async fn slide(page: &Page, selector: &str, place: u32) -> Result<()> {
    let script = format!(
        "((slider) => {{ slider.value = {place}; slider.dispatchEvent(new Event('input', {{ bubbles: true }})); return true; }})(document.querySelector({}))",
        json!(selector)
    );
    ensure!(page.eval::<bool>(&script).await?, "{selector} did not move");
    Ok(())
}

#[test]
fn the_budget_answers_under_load_and_a_slider_starts_no_run() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/budget/")).await?;
        let lab = Lab::on(page, "latency-budget").await?;
        page.click(&lab.within("input[value=load]")).await?;
        let status = text(page, &lab.within(".load-status")).await?;
        ensure!(status.contains("until you have guessed"), "before the guess: {status}");
        lab.press("skip-guess").await?;
        let finding = lab.within(".load-finding");
        let first = text(page, &finding).await?;
        ensure!(first.contains("99 of 100 requests"), "{first}");
        let rows: u32 = page
            .eval(&format!("document.querySelectorAll({}).length", json!(lab.within(".load-figure .time-row.is-modelled"))))
            .await?;
        ensure!(rows == 4, "{rows} designs are drawn");
        slide(page, &lab.within("input[type=range][name=deadline]"), 900).await?;
        let moved = format!(
            "((text) => text && text !== {})(document.querySelector({})?.innerText.trim())",
            json!(first),
            json!(finding)
        );
        page.soon("another answer after the deadline was moved", &moved).await?;
        ensure!(lab.state().await? == "idle", "a slider started a run");
        // A run's own samples take the place of the recorded medians.
        lab.run().await?;
        page.soon(
            "samples behind the simulation",
            &format!(
                "document.querySelector({}).innerText.includes('the run’s samples')",
                json!(lab.within(".panel .small-print"))
            ),
        )
        .await?;
        Ok(())
    })
}

#[test]
fn columns_and_packets_run_and_show_what_was_counted() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for (slug, size, least, bars) in [("columns", "rows", "10000", 4_u32), ("packets", "packets", "1000", 3)] {
            page.open(&site.address(&format!("/labs/{slug}/"))).await?;
            let lab = Lab::on(page, slug).await?;
            page.choose(&lab.within(&format!("select[name={size}]")), least).await?;
            lab.run().await?;
            let drawn: u32 =
                page.eval(&format!("document.querySelectorAll({}).length", json!(lab.within(".time-bars .slice")))).await?;
            ensure!(drawn == bars, "{slug}: {drawn} bars");
            let remark = text(page, &lab.within(".remark")).await?;
            ensure!(remark.contains("kB") || remark.contains("MB"), "{slug}: {remark}");
        }
        Ok(())
    })
}
