//! The serialization lab: every operation runs, the look changes and not the figures, and a reader's own JSON is taken or refused with its
//! place.

use anyhow::{Result, ensure};
use e2e::{Lab, Machine, Page, Site, drive};
use serde_json::json;

/// The labels of the bars, from top to bottom.
async fn bars(page: &Page) -> Result<Vec<String>> {
    page.eval("[...document.querySelectorAll('.time-bars .bar-label')].map((one) => one.textContent)").await
}

/// Puts a text into the field for one's own JSON, as a paste does.
async fn paste(page: &Page, text: &str) -> Result<()> {
    let script = format!(
        "((field) => {{ field.closest('details').open = true; field.value = {}; field.dispatchEvent(new Event('change', {{ bubbles: true }})); return true }})
         (document.querySelector('textarea[name=own-json]'))",
        json!(text)
    );
    page.eval::<bool>(&script).await.map(drop)
}

#[test]
fn every_operation_is_measured_and_counted() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/labs/serialization/")).await?;
        let lab = Lab::on(page, "serialization").await?;
        page.choose(&lab.within("select[name=payload]"), "order").await?;
        for operation in ["write", "every", "update"] {
            page.choose(&lab.within("select[name=operation]"), operation).await?;
            lab.run().await?;
            let result = lab.result().await?;
            let has = |name: &str| result.rows.iter().any(|row| row.name == name);
            ensure!(has("serde-json") && has("rkyv-validated") && has("zerocopy"), "{operation}");
            ensure!(
                has("flatbuffers") == (operation != "update") && has("rkyv-unvalidated") == (operation != "write"),
                "{operation}"
            );
            for kind in ["wire-bytes", "deflated-bytes", "zstd-bytes", "allocations", "peak-bytes"] {
                ensure!(result.facts.iter().any(|fact| fact.kind == kind), "{operation}: no {kind}");
            }
        }
        let first = bars(page).await?;
        page.choose(&lab.within("select[name=order]"), "fastest").await?;
        let sorted = bars(page).await?;
        ensure!(
            first != sorted && first.len() == sorted.len(),
            "sorting changes the order and nothing else: {first:?}, {sorted:?}"
        );
        page.choose(&lab.within("select[name=family]"), "in-place").await?;
        ensure!(bars(page).await?.len() == 3, "zerocopy and two of rkyv");
        let table = lab.copied("copy-markdown").await?;
        ensure!(table.lines().count() == 5 && table.contains("| zerocopy |"), "{table}");
        Ok(())
    })
}

#[test]
fn a_reader_s_own_json_is_measured_or_refused_with_its_place() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/labs/serialization/")).await?;
        let lab = Lab::on(page, "serialization").await?;
        let bad = "{\n  \"a\": 1,\n  \"b\" 2\n}";
        paste(page, bad).await?;
        page.soon("the fault's place", "document.querySelector('.own-said')?.textContent.includes('line 3, column 7')").await?;
        ensure!(page.eval::<String>("document.querySelector('textarea[name=own-json]').value").await? == bad, "nothing is lost");
        paste(page, "[{\"id\": 1, \"name\": \"a\"}, {\"id\": 2, \"name\": \"b\"}]").await?;
        let shape = "document.querySelector('.own-said')?.textContent.includes('list of 2 × { id: int, name: text }')";
        page.soon("the shape", shape).await?;
        lab.run().await?;
        let result = lab.result().await?;
        ensure!(result.rows.iter().any(|row| row.name == "prost"), "every format holds a document");
        ensure!(!result.rows.iter().any(|row| row.name == "zerocopy"), "but for the one without lists");
        Ok(())
    })
}
