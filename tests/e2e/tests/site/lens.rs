//! The byte lens and schema evolution: what is asked of the worker comes, follows the reader, and nothing is fetched before the press.

use anyhow::{Result, ensure};
use e2e::{Lab, Machine, Session, Site};

#[test]
fn the_lens_follows_the_record_and_says_what_a_broken_byte_does() -> Result<()> {
    let site = Site::start("")?;
    Session { machine: Machine::Shared, ..Session::default() }.drive(async |page| {
        page.open(&site.address("/labs/byte-lens/")).await?;
        let lab = Lab::on(page, "byte-lens").await?;
        let runs = |format: &str| format!("[...document.querySelectorAll('[data-format={format}] .lens-run')]");
        ensure!(page.eval::<usize>(&format!("{}.length", runs("rkyv"))).await? == 0, "bytes before the press");
        lab.run().await?;
        page.soon("five formats", "document.querySelectorAll('.lens-formats [data-format]').length === 5").await?;
        let text = |words: &str| format!("{}.some((one) => one.innerText.includes('{words}'))", runs("json"));
        page.soon("the symbol in JSON", &text("FERRO")).await?;
        let badge = "document.querySelector('[data-lab=byte-lens] [data-provenance=live]').innerText";
        page.soon("a badge that claims no time", &format!("{badge}.includes('counted on this device')")).await?;
        // What is typed shows without another press, and the lab stays done.
        page.eval::<bool>(
            "((field) => { field.value = 'LATENCY'; return field.dispatchEvent(new Event('change', { bubbles: true })); })(document.querySelector('[data-lab=byte-lens] input[name=symbol]'))",
        )
        .await?;
        page.soon("the new symbol", &text("LATENCY")).await?;
        page.soon("done", "document.querySelector('[data-lab=byte-lens]').dataset.state === 'done'").await?;
        page.choose(&lab.within("select[name=lens-format]"), "rkyv").await?;
        page.choose(&lab.within("select[name=damage]"), "cut").await?;
        page.soon("both readers' words", "document.querySelector('[data-verdict=refused]') && document.querySelector('[data-verdict=undefined]')").await?;
        let mute = "document.querySelector('[data-verdict=refused]').innerText.includes('without error information')";
        ensure!(!page.eval::<bool>(mute).await?, "rkyv's check says what is wrong");
        page.click(&lab.within("[data-action=step]")).await?;
        page.soon("the second step", "document.querySelector('.lens-counter').innerText.startsWith('Step 2 of')").await?;
        page.ensure_quiet().await
    })
}

#[test]
fn a_cell_of_the_schema_matrix_opens() -> Result<()> {
    let site = Site::start("")?;
    Session { machine: Machine::Shared, ..Session::default() }.drive(async |page| {
        page.open(&site.address("/labs/schema-evolution/")).await?;
        let lab = Lab::on(page, "schema-evolution").await?;
        lab.run().await?;
        page.soon("sixty outcomes", "document.querySelectorAll('[data-cell]').length === 60").await?;
        page.click("[data-cell='postcard reordered old-reads-new']").await?;
        page.soon(
            "the opened cell",
            "document.querySelector('.evolution-cell').innerText.includes('id is 3, and 7 was written')",
        )
        .await?;
        let wrong = "document.querySelector(\"[data-cell='postcard reordered old-reads-new']\").dataset.outcome === 'wrong'";
        ensure!(page.eval::<bool>(wrong).await?, "exchanged numbers are silently wrong");
        page.ensure_quiet().await
    })
}
