//! The finer clock: used where the site's host offers it, never needed, and the result says which it was.

use anyhow::{Result, ensure};
use e2e::{Exported, Header, ISOLATION, Lab, Machine, Serving, Session, Site, figure};

/// The isolated clock's step at most, in nanoseconds.
const FINE: f64 = 10_000.0;

/// Whether the page was isolated, what its run says of it, and what the reader is told.
fn measured(headers: &[Header]) -> Result<(bool, Exported, String)> {
    let site = Site::serve(Serving { headers: headers.to_vec(), ..Serving::default() })?;
    Session { machine: Machine::Alone, ..Session::default() }.drive(async |page| {
        page.open(&site.address("/labs/arena/")).await?;
        let lab = Lab::on(page, "arena").await?;
        page.choose(&lab.within("select[name=nodes]"), "100").await?;
        lab.run().await?;
        let told = page.text(&lab.within(".run-status")).await?;
        Ok((page.eval("crossOriginIsolated").await?, lab.result().await?, told))
    })
}

#[test]
fn an_isolated_page_measures_with_the_finer_clock_and_says_so() -> Result<()> {
    let (isolated, result, told) = measured(&[ISOLATION])?;
    let step = result.environment.clock_step_ns;
    figure("isolated clock", &format!("{step:.0} ns"));
    ensure!(
        isolated && result.environment.isolated,
        "crossOriginIsolated {isolated}, the result says {}",
        result.environment.isolated
    );
    ensure!(step > 0.0 && step <= FINE, "its clock's step is {step} ns");
    ensure!(told.contains("clock ") && told.contains("(isolated page)"), "the reader is told “{told}”");
    Ok(())
}

#[test]
fn without_the_header_it_is_not_isolated_and_says_so() -> Result<()> {
    let (isolated, result, told) = measured(&[])?;
    let step = result.environment.clock_step_ns;
    figure("clock", &format!("{step:.0} ns"));
    ensure!(
        !isolated && !result.environment.isolated,
        "crossOriginIsolated {isolated}, the result says {}",
        result.environment.isolated
    );
    ensure!(step > FINE, "its clock's step is {step} ns, as if it were isolated");
    ensure!(told.contains("clock ") && told.contains("(page not isolated)"), "the reader is told “{told}”");
    Ok(())
}
