//! Runs that go wrong on purpose: each ends as its own failure, in time, with the page free, and the next run works.

use anyhow::{Result, ensure};
use e2e::{Lab, Machine, Page, Site, drive, drive_with, figure};

/// What a reader must not be below, in frames a second, while a lab misbehaves.
const FRAMES: f64 = 50.0;

/// A fault, the failure it must end as, and its run's deadline in seconds (`RunRequest::deadline`), which counts from the worker's start.
const FAULTS: [(&str, &str, f64); 5] = [
    ("panic", "panic", 3.0),
    ("hang", "deadline", 3.0),
    ("out-of-memory", "out-of-memory", 3.0),
    ("reject-promise", "rejected-promise", 10.0),
    ("damaged-message", "damaged-message", 3.0),
];

/// Counts frames from the press of Run until the run has ended, and for a second at least.
const COUNT: &str = "new Promise((done) => {
    const lab = document.querySelector('[data-lab=self-test]');
    const start = performance.now();
    let [frames, last, longest, ended] = [0, start, 0, null];
    const frame = () => {
      const now = performance.now();
      [frames, longest, last] = [frames + 1, Math.max(longest, now - last), now];
      if (ended === null && ['done', 'failed', 'cancelled'].includes(lab.dataset.state)) ended = now - start;
      if ((ended !== null && now - start >= 1000) || now - start > 60000) done({ ended: ended ?? Infinity, rate: frames / (now - start) * 1000, longest });
      else requestAnimationFrame(frame);
    };
    lab.querySelector('[data-action=run]')?.click();
    requestAnimationFrame(frame);
  })";

#[derive(serde::Deserialize)]
struct Counted {
    /// Milliseconds from the press to the end.
    ended: f64,
    /// Frames a second.
    rate: f64,
    /// The longest time without a frame, in milliseconds.
    longest: f64,
}

async fn run(page: &Page, lab: &Lab<'_>, fault: &str) -> Result<Counted> {
    page.choose(&lab.within("select[name=fault]"), fault).await?;
    page.eval_async(COUNT).await
}

#[test]
fn each_fault_ends_as_its_own_failure_and_the_next_run_works() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Alone, async |page| {
        page.open(&site.address("/labs/self-test/")).await?;
        let lab = Lab::on(page, "self-test").await?;
        // The bundle arrives with the first run; deadlines count from there.
        lab.run().await?;
        for (fault, failure, deadline) in FAULTS {
            let Counted { ended, rate, longest } = run(page, &lab, fault).await?;
            figure(fault, &format!("ended after {ended:.0} ms, {rate:.1} frames a second, longest gap {longest:.0} ms"));
            let state = lab.state().await?;
            ensure!(state == "failed", "{fault}: data-state is “{state}”");
            let found: Option<String> =
                page.eval(&format!("document.querySelector(\"{}\")?.dataset.failure", lab.within("[data-failure]"))).await?;
            ensure!(found.as_deref() == Some(failure), "{fault}: data-failure is {found:?}");
            ensure!(ended <= (deadline + 1.0) * 1000.0, "{fault}: ended after {ended:.0} ms, its deadline being {deadline} s");
            ensure!(rate >= FRAMES, "{fault}: {rate:.1} frames a second");
            // What a lab says on its way down is its own; the page's must stay clean.
            let errors = page.take_console_errors().await?;
            ensure!(errors.iter().all(|error| error.starts_with("blob:")), "{fault}: the page itself reported {errors:?}");
            run(page, &lab, "none").await?;
            ensure!(lab.state().await? == "done", "after {fault}, the next run ended as “{}”", lab.state().await?);
        }
        Ok(())
    })
}

#[test]
fn a_run_can_be_stopped_and_started_again() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/labs/self-test/")).await?;
        let lab = Lab::on(page, "self-test").await?;
        page.choose(&lab.within("select[name=fault]"), "hang").await?;
        lab.press("run").await?;
        lab.press("cancel").await?;
        ensure!(lab.ended().await? == "cancelled", "data-state is “{}”", lab.state().await?);
        page.choose(&lab.within("select[name=fault]"), "none").await?;
        lab.run().await
    })
}

/// Counts the workers that were started and not stopped.
const WORKERS: &str = "
  window.workers = 0;
  const worker = window.Worker;
  window.Worker = class extends worker {
    constructor(...all) { super(...all); window.workers += 1; }
    terminate() { window.workers -= 1; super.terminate(); }
  };";

#[test]
fn leaving_the_page_stops_its_worker() -> Result<()> {
    let site = Site::start("")?;
    drive_with(Machine::Shared, &[WORKERS], async |page| {
        page.open(&site.address("/labs/self-test/")).await?;
        let lab = Lab::on(page, "self-test").await?;
        page.choose(&lab.within("select[name=fault]"), "hang").await?;
        lab.press("run").await?;
        page.soon("a worker", "workers === 1").await?;
        page.click("a.wordmark").await?;
        page.at(&site.address("/")).await?;
        page.soon("the worker's end", "workers === 0").await
    })
}
