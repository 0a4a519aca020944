//! The interior mutability lab: a counter is timed, programs of cells are stepped through, and a panic is provoked and contained.

use anyhow::{Result, ensure};
use e2e::{Lab, Machine, Session, Site};

#[test]
fn cells_are_stepped_through_and_a_second_borrow_ends_its_worker_alone() -> Result<()> {
    let site = Site::start("")?;
    Session { machine: Machine::Shared, ..Session::default() }.drive(async |page| {
        page.open(&site.address("/labs/interior-mutability/")).await?;
        let lab = Lab::on(page, "interior-mutability").await?;
        page.click("[data-action=run-cells]").await?;
        page.says(".cell-step", "The cell is free").await?;
        page.click("[data-action=cell-next]").await?;
        page.says(".cell-step", "lent to readers. Its flag stands at 1").await?;
        page.soon("the flag, drawn", "document.querySelector('.step-picture .byte-block')?.innerText.includes('flag 1')").await?;
        page.click(".step-guess [data-answer=\"1\"]").await?;
        page.says(".cell-step", "You said: lent to readers; right. 1 of 1 guessed right.").await?;
        page.choose("select[name=cell-program]", "once-cell").await?;
        page.says(".cell-step", "Inside: None").await?;
        // The panic is said, and nothing else stops: the programs' worker answers still, and the lab runs.
        page.click("[data-action=borrow-twice]").await?;
        page.says(".borrow-twice", "already borrowed").await?;
        page.choose("select[name=cell-program]", "atomic").await?;
        page.says(".cell-step", "Inside: 5").await?;
        ensure!(lab.state().await? == "idle", "stepping started a run");
        lab.run().await?;
        Ok(())
    })
}
