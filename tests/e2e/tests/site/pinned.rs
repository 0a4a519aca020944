//! The Pin lab: places of a future are timed, and programs of addresses are stepped through.

use anyhow::{Result, ensure};
use e2e::{Lab, Machine, Session, Site};

#[test]
fn addresses_are_stepped_through_and_a_pinned_value_stays() -> Result<()> {
    let site = Site::start("")?;
    Session { machine: Machine::Shared, ..Session::default() }.drive(async |page| {
        page.open(&site.address("/labs/pin/")).await?;
        let lab = Lab::on(page, "pin").await?;
        page.click("[data-action=run-pin]").await?;
        page.says(".pin-step", "It has noted nothing yet").await?;
        for verdict in ["still right", "where it is no more"] {
            page.click("[data-action=pin-next]").await?;
            page.says(".pin-step", verdict).await?;
        }
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
        ensure!(lab.state().await? == "idle", "stepping started a run");
        lab.run().await?;
        Ok(())
    })
}
