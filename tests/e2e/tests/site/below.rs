//! What stands below a lab's figures: its choices are in the lab's links, and a link runs nothing by itself.

use anyhow::{Result, ensure};
use e2e::{Lab, Machine, Page, Site, drive};
use serde_json::json;

/// Labs with selects below their figures, each at a place that is not its first.
const CHOICES: [(&str, &[(&str, u32)]); 5] = [
    ("arena", &[("program", 0), ("traced-nodes", 2)]),
    ("pin", &[("pin-program", 1)]),
    ("interior-mutability", &[("cell-program", 1)]),
    ("lifetimes", &[("signature", 2)]),
    ("allocators", &[("allocator", 0), ("own-allocator", 3), ("riddle-allocator", 2), ("fit", 2), ("split", 1), ("merge", 2)]),
];

async fn value(page: &Page, name: &str) -> Result<String> {
    page.eval(&format!("document.querySelector('select[name={name}]').value")).await
}

async fn ensure_nothing_ran(page: &Page, lab: &str) -> Result<()> {
    let fetched = "performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.includes('/workers/'))";
    let fetched: Vec<String> = page.eval(fetched).await?;
    ensure!(fetched.is_empty(), "{lab}: a link fetched {fetched:?}");
    Ok(())
}

#[test]
fn a_link_brings_every_choice_below_the_figures_back() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for (name, choices) in CHOICES {
            page.open(&site.address(&format!("/labs/{name}/"))).await?;
            let lab = Lab::on(page, name).await?;
            let mut chosen = Vec::new();
            for (select, at) in choices {
                let option = format!("document.querySelector('select[name={select}]').options[{at}].value");
                let option: String = page.eval(&option).await?;
                ensure!(value(page, select).await? != option, "{name}: {select} begins with {option}");
                page.choose(&format!("select[name={select}]"), &option).await?;
                chosen.push((select, option));
            }
            let link: String = page.eval("location.href").await?;
            ensure!(link.contains("#s="), "{name}: {link}");
            page.open(&link).await?;
            for (select, option) in chosen {
                ensure!(value(page, select).await? == option, "{name}: {select} is {}", value(page, select).await?);
            }
            ensure!(lab.state().await? == "idle", "{name}: a link started a run");
            ensure_nothing_ran(page, name).await?;
        }
        page.ensure_quiet().await
    })
}

#[test]
fn a_link_brings_the_question_of_the_variance_table_back() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/labs/lifetimes/")).await?;
        Lab::on(page, "lifetimes").await?;
        page.click("[data-action=ask-variance]").await?;
        page.soon("the table's rows", "document.querySelectorAll('select[name=variance-type] option').length > 10").await?;
        page.choose("select[name=variance-type]", "6").await?;
        page.choose("select[name=variance-question]", "1").await?;
        let link: String = page.eval("location.href").await?;
        page.open(&link).await?;
        page.click("[data-action=ask-variance]").await?;
        page.soon(
            "the row",
            "document.querySelector('select[name=variance-type]')?.selectedOptions[0].label === 'Cell<T>, in T'",
        )
        .await?;
        ensure!(value(page, "variance-question").await? == "1", "another direction");
        page.says("[data-question=variance-asked]", "Cell<T>").await
    })
}

/// The riddle's question, answered by the field and the button, and what is said then.
async fn guess(page: &Page, place: u32) -> Result<String> {
    let typed = format!(
        "((field) => {{ field.value = '{place}'; field.dispatchEvent(new Event('input', {{ bubbles: true }})); return true; }})(document.querySelector('[name=riddle-guess]'))"
    );
    ensure!(page.eval::<bool>(&typed).await?, "no field");
    page.click("[data-action=riddle-guess]").await?;
    page.soon("a verdict", "/^(Right|No):/.test(document.querySelector('.riddle-said').innerText)").await?;
    page.eval("document.querySelector('.riddle-said').innerText").await
}

/// Draws the riddle that is chosen, and waits for its question.
async fn asked(page: &Page) -> Result<()> {
    page.says(".riddle-said", "Where will they begin?").await
}

#[test]
fn a_riddle_is_judged_by_the_worker_counted_in_a_row_and_carried() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/labs/allocators/")).await?;
        Lab::on(page, "allocators").await?;
        ensure_nothing_ran(page, "allocators").await?;
        // A bump allocator’s next block begins where the last one that was asked for ends.
        page.choose("select[name=riddle-allocator]", "bump").await?;
        page.click("[data-action=riddle-draw]").await?;
        for right in 1..=3_u32 {
            asked(page).await?;
            let sizes = "[...document.querySelectorAll('.riddle-calls li')].map((one) => one.innerText.match(/^call .* ask for (\\d+) bytes$/)) \
                 .filter(Boolean).map((found) => Math.ceil(Number(found[1]) / 8) * 8).reduce((sum, size) => sum + size, 0)";
            let said = guess(page, page.eval(sizes).await?).await?;
            ensure!(said.starts_with("Right"), "{said}");
            page.says(".riddle-streak", &format!("bump: {right} (best {right})")).await?;
            ensure!(page.eval::<bool>("document.querySelector('[data-action=riddle-guess]').disabled").await?, "a second guess");
            page.click("[data-action=riddle-next]").await?;
        }
        page.says(".riddle-streak", "One allocator is done").await?;
        asked(page).await?;
        let said = guess(page, 16_384).await?;
        ensure!(said.starts_with("No"), "{said}");
        page.says(".riddle-streak", "bump: 0 (best 3)").await?;

        let first = "document.querySelector('.riddle-calls').innerText";
        let (calls, link): (String, String) = (page.eval(first).await?, page.eval("location.href").await?);
        page.open(&link).await?;
        ensure_nothing_ran(page, "allocators").await?;
        page.click("[data-action=riddle-draw]").await?;
        asked(page).await?;
        ensure!(page.eval::<String>(first).await? == calls, "the link brought another riddle");
        page.ensure_quiet().await
    })
}

#[test]
fn own_calls_are_made_undone_compared_and_carried() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/labs/allocators/")).await?;
        Lab::on(page, "allocators").await?;
        let calls = "document.querySelectorAll('.by-hand-calls li').length";
        // The example: two holes, then a request that fits into both.
        for call in 1..=7 {
            page.click(".by-hand [data-action=call-next]").await?;
            page.soon(&format!("call {call}"), &format!("{calls} === {call}")).await?;
        }
        page.says(".by-hand-outcome", "begin at 0").await?;
        page.choose("select[name=own-allocator]", "best-fit").await?;
        page.says(".by-hand-outcome", "begin at 1024").await?;
        page.click(".by-hand [data-action=call-undo]").await?;
        page.says(".by-hand-outcome", "The 400 bytes of call 3 are free again").await?;
        ensure!(page.eval::<u32>(calls).await? == 6, "the last call is still there");

        let link: String = page.eval("location.href").await?;
        page.open(&link).await?;
        ensure!(page.eval::<u32>(calls).await? == 6, "the link brought other calls");
        ensure_nothing_ran(page, "allocators").await?;
        page.click(".by-hand [data-action=call-show]").await?;
        page.says(".by-hand-outcome", "free again").await?;
        let drawn = format!("document.querySelector({}).dataset.moment", json!(".by-hand .memory-canvas"));
        page.soon("the calls, drawn", &format!("{drawn} === '6'")).await?;

        // Another link, in the same page: what is drawn follows.
        page.click(".by-hand [data-action=call-next]").await?;
        page.soon("the next call, drawn", &format!("{drawn} === '7'")).await?;
        page.eval::<bool>(&format!("(location.hash = new URL({}).hash, true)", json!(link))).await?;
        page.says(".by-hand-outcome", "free again").await?;
        page.soon("the link's calls, drawn", &format!("{drawn} === '6'")).await?;
        page.ensure_quiet().await
    })
}
