//! The Lifetimes lab: ways to keep words are timed; rules are applied, the table is asked, code is judged, and a lesson repeats none of it.

use anyhow::{Context as _, Result, ensure};
use e2e::{Key, Lab, Machine, Session, Site, audit};

#[test]
fn rules_are_applied_step_by_step_to_any_signature() -> Result<()> {
    let site = Site::start("")?;
    Session { machine: Machine::Shared, ..Session::default() }.drive(async |page| {
        page.open(&site.address("/labs/lifetimes/")).await?;
        let lab = Lab::on(page, "lifetimes").await?;
        page.click("[data-action=run-elision]").await?;
        page.says(".elision-step", "As written").await?;
        for words in ["Rule 1", "Rule 2", "The end"] {
            page.click("[data-action=elision-next]").await?;
            page.says(".elision-step", words).await?;
        }
        page.says(".owner-lines [aria-current]", "fn first<'a>(text: &'a str) -> &'a str").await?;
        page.choose("select[name=signature]", "3").await?;
        page.says(".elision-step", "As written").await?;
        for words in ["Rule 1", "Rule 2", "Rule 3", "E0106"] {
            page.click("[data-action=elision-next]").await?;
            page.says(".elision-step", words).await?;
        }
        // The reader's own, entered with the keyboard.
        page.eval::<bool>("((field) => (field.focus(), field.select(), true))(document.querySelector('[name=own-signature]'))")
            .await?;
        page.press(format!("fn mine(a: &u8{}", Key::Tab.value())).await?;
        page.says(".elision-step", "A bracket is opened and not closed").await?;
        ensure!(lab.state().await? == "idle", "applying rules started a run");
        lab.run().await?;
        Ok(())
    })
}

#[test]
fn the_table_answers_with_what_rustc_did() -> Result<()> {
    let site = Site::start("")?;
    Session { machine: Machine::Shared, ..Session::default() }.drive(async |page| {
        page.open(&site.address("/labs/lifetimes/")).await?;
        page.click("[data-action=ask-variance]").await?;
        page.soon("the types", "document.querySelector('[name=variance-type] option')").await?;
        // Each type and direction: what is right is what came of the program, and the table says the same.
        let rows: u32 = page.eval("document.querySelectorAll('[name=variance-type] option').length").await?;
        ensure!(rows >= 12, "{rows} types");
        let mut answers = [0, 0];
        for row in 0..rows {
            let name: String =
                page.eval(&format!("document.querySelector('select[name=variance-type]').options[{row}].value")).await?;
            page.choose("select[name=variance-type]", &name).await?;
            for direction in 0..2 {
                page.choose("select[name=variance-question]", &direction.to_string()).await?;
                let told: String = page
                    .eval(&format!(
                        "document.querySelectorAll('.variance-whole tbody tr:not(.asked)')[{row}].cells[{}].textContent",
                        direction + 2
                    ))
                    .await?;
                let right = usize::from(told == "no");
                page.eval::<bool>(&format!("(document.querySelectorAll('#variance-asked input')[{right}].click(), true)"))
                    .await?;
                let asked = || format!("row {row}, question {direction}: the table says {told}");
                page.says("#variance-asked .verdict", "Right.").await.with_context(asked)?;
                page.says("#variance-asked .outcome[open]", ["It compiles", "lifetime may not live long enough"][right]).await?;
                answers[right] += 1;
            }
        }
        ensure!(answers[0] > 8 && answers[1] > 16, "{answers:?} yes and no");
        page.eval::<bool>("(document.querySelector('.cells-stepped .layout-all:has(.variance-whole)').open = true, true)")
            .await?;
        let faults = audit(page).await?;
        ensure!(faults.is_empty(), "{faults:#?}");
        page.resize(320, 640).await?;
        let faults = page.sticking_out().await?;
        ensure!(faults.is_empty(), "{faults:#?}");
        Ok(())
    })
}

#[test]
fn code_is_judged_and_the_first_answer_counts() -> Result<()> {
    let site = Site::start("")?;
    Session { machine: Machine::Shared, ..Session::default() }.drive(async |page| {
        page.open(&site.address("/labs/lifetimes/")).await?;
        page.click("[data-action=judge]").await?;
        page.says(".judge-score", "Question 1 of").await?;
        let of: u32 = page.eval("Number(document.querySelector('.judge-score').innerText.match(/of (\\d+)/)[1])").await?;
        ensure!(of >= 24, "{of} questions");
        for _ in 0..2 {
            page.eval::<bool>("(document.querySelector('#c-one-input input').click(), true)").await?;
            page.says("#c-one-input .verdict", "Right.").await?;
            page.eval::<bool>("(document.querySelectorAll('#c-one-input input')[1].click(), true)").await?;
            page.says("#c-one-input .verdict", "Not quite.").await?;
        }
        page.says(".judge-score", "1 of 1 right at the first try").await?;
        page.click("[data-action=judge-next]").await?;
        page.eval::<bool>("(document.querySelector('#c-two-inputs input').click(), true)").await?;
        page.says("#c-two-inputs .outcome[open]", "E0106").await?;
        page.says(".judge-score", "1 of 2 right at the first try").await?;
        // The lesson asks these questions itself, each once.
        page.open(&site.address("/lessons/memory/lifetimes/")).await?;
        let asked: u32 = page.eval("document.querySelectorAll('[data-action=judge], [data-action=ask-variance]').length").await?;
        ensure!(asked == 0, "the lesson repeats its questions");
        Ok(())
    })
}
