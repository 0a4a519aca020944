//! Search, the glossary and its cards, and what a class needs: by keyboard, from end to end.

use anyhow::{Result, ensure};
use e2e::{Key, Lab, Machine, Page, Site, drive};
use std::time::Duration;

const LESSON: &str = "/lessons/memory/arenas/";

async fn press(page: &Page, key: Key) -> Result<()> {
    page.press(key.value().to_string()).await
}

/// Opens the search by its key. It is listened for once the app has taken over.
async fn open_search(page: &Page) -> Result<()> {
    page.press("/").await?;
    page.soon("the search", "document.querySelector('dialog.search[open]')").await
}

#[test]
fn search_by_keyboard_from_a_key_to_the_place_and_back() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/")).await?;
        open_search(page).await?;
        page.soon("the focus in the field", "document.activeElement.id === 'search-field'").await?;
        page.press("arenazz").await?;
        page.soon("no result", "document.querySelector('.search-summary').textContent.startsWith('Nothing found')").await?;
        page.eval::<()>("document.querySelector('#search-field').select()").await?;
        page.press("arena").await?;
        page.soon(
            "results with the word marked",
            "document.querySelector('.search-results mark')?.textContent.toLowerCase() === 'arena'",
        )
        .await?;
        let summary = page.text(".search-summary").await?;
        ensure!(summary.contains("result"), "the count is not said: “{summary}”");
        // Down to the first, down to the second, up twice to the field again.
        press(page, Key::Down).await?;
        page.soon("the first result's focus", "document.activeElement === document.querySelectorAll('.search-results a')[0]")
            .await?;
        press(page, Key::Down).await?;
        page.soon("the second result's focus", "document.activeElement === document.querySelectorAll('.search-results a')[1]")
            .await?;
        press(page, Key::Up).await?;
        press(page, Key::Up).await?;
        page.soon("the field's focus", "document.activeElement.id === 'search-field'").await?;
        press(page, Key::Escape).await?;
        page.soon("the search closed", "!document.querySelector('dialog[open]')").await?;
        // Opened from the button, the focus goes back to it.
        ensure!(!opens(page).await?, "typing a slash opened the search");
        page.focus("[data-action=search]").await?;
        press(page, Key::Enter).await?;
        page.soon("the search", "document.querySelector('dialog.search[open]')").await?;
        press(page, Key::Escape).await?;
        page.soon("the button's focus", "document.activeElement.matches('[data-action=search]')").await?;
        open_search(page).await?;
        page.eval::<()>("document.querySelector('#search-field').select()").await?;
        page.press("arenas").await?;
        page.soon("the lesson", "document.querySelector('.search-results a[href$=\"/lessons/memory/arenas/\"]')").await?;
        page.focus(".search-results a[href$='/lessons/memory/arenas/']").await?;
        press(page, Key::Enter).await?;
        page.at(&site.address(LESSON)).await?;
        page.soon(
            "the search closed and the content's focus",
            "!document.querySelector('dialog[open]') && document.activeElement.closest('main')",
        )
        .await
    })
}

/// Whether the search opens by a key that was pressed just now. It is fetched on need: what is asked for later has come by then.
async fn opens(page: &Page) -> Result<bool> {
    page.eval_async(
        "(async () => {
           for (const round of [1, 2, 3]) await (await fetch(`${location.pathname}?later=${round}`)).text();
           await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
           return document.querySelector('dialog[open]') !== null;
         })()",
    )
    .await
}

#[test]
fn the_search_key_can_be_switched_off_and_never_disturbs_typing() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/glossary/")).await?;
        page.focus("#glossary-field").await?;
        page.press("zero/").await?;
        page.soon("the slash in the field", "document.querySelector('#glossary-field').value === 'zero/'").await?;
        page.focus("[data-action=search]").await?;
        press(page, Key::Enter).await?;
        page.soon("the search", "document.querySelector('dialog.search[open]')").await?;
        page.click("input[name=search-key]").await?;
        press(page, Key::Escape).await?;
        page.reload().await?;
        page.soon("the app", "!document.querySelector('#prerendered')").await?;
        page.press("/").await?;
        ensure!(!opens(page).await?, "the key that was switched off opened the search");
        // The button opens it still.
        page.focus("[data-action=search]").await?;
        press(page, Key::Enter).await?;
        page.soon("the search by its button", "document.querySelector('dialog.search[open]')").await?;
        press(page, Key::Escape).await?;
        page.soon("it to be closed by one key", "!document.querySelector('dialog[open]')").await?;
        page.eval::<()>("localStorage.removeItem('ferroscope.search-key')").await
    })
}

#[test]
fn the_glossary_reads_filters_and_is_linked_to() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/glossary/#bump-allocation")).await?;
        let total: usize = page.eval("document.querySelectorAll('.glossary-term').length").await?;
        ensure!(total > 100, "{total} terms");
        page.soon("the term in view", "((box) => box.top >= 0 && box.bottom <= innerHeight)(document.querySelector('#bump-allocation').getBoundingClientRect())").await?;
        page.focus("#glossary-field").await?;
        page.press("bump alloc").await?;
        page.soon("fewer terms", "document.querySelectorAll('.glossary-term:not([hidden])').length < 5 && !document.querySelector('#bump-allocation').hidden").await?;
        let words = page.text(".glossary-filter [role=status]").await?;
        ensure!(words.ends_with(&format!("of {total} terms.")), "“{words}”");
        Ok(())
    })
}

#[test]
fn a_terms_card_opens_by_focus_and_hover_stays_and_is_dismissed() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address(LESSON)).await?;
        let shown = "getComputedStyle(document.querySelector('.term').nextElementSibling).display !== 'none'";
        let before: f64 = page.eval("document.querySelector('.lesson').getBoundingClientRect().height").await?;
        page.focus(".term").await?;
        page.soon("the card", shown).await?;
        let described: bool = page.eval("((term) => document.getElementById(term.getAttribute('aria-describedby')) === term.nextElementSibling)(document.querySelector('.term'))").await?;
        ensure!(described, "the term is not described by its card");
        let after: f64 = page.eval("document.querySelector('.lesson').getBoundingClientRect().height").await?;
        ensure!((before - after).abs() < 0.5, "the card moves the page: {before} to {after}");
        press(page, Key::Escape).await?;
        page.soon("the card dismissed", &format!("!({shown})")).await?;
        ensure!(page.eval::<bool>("document.activeElement.matches('.term')").await?, "Escape took the focus away");
        // Once the focus has left, the card is there again.
        press(page, Key::Tab).await?;
        page.focus(".term").await?;
        page.soon("the card again", shown).await?;
        press(page, Key::Enter).await?;
        page.soon("the glossary", "location.pathname.endsWith('/glossary/') && document.querySelector('.glossary-term')").await?;
        let fragment: String = page.eval("location.hash").await?;
        let is_term: bool = page.eval(&format!("!!document.querySelector('{fragment}.glossary-term')")).await?;
        ensure!(is_term, "{fragment} is no term");
        Ok(())
    })
}

/// Hands the sheet in, on paper and as a file; the file's text.
async fn hand_in(page: &Page) -> Result<String> {
    page.focus("#sheet-name").await?;
    page.press("Ada").await?;
    // On paper: what was done and said, and nothing that is pressed.
    page.eval::<()>("(window.print = () => { document.documentElement.dataset.printed = 'yes'; }, undefined)").await?;
    page.click("[data-action=print-sheet]").await?;
    page.soon("the way to the printer", "document.documentElement.dataset.printed === 'yes'").await?;
    page.command("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" })).await?;
    let seen = |selector: &str| format!("[...document.querySelectorAll(\"{selector}\")].some((one) => one.checkVisibility())");
    for wanted in [
        "#sheet-name",
        ".sheet-answers li",
        ".sheet-result td",
        "textarea[name=because]",
        ".sheet a[href*='lessons=memory/arenas']",
    ] {
        ensure!(page.eval::<bool>(&seen(wanted)).await?, "{wanted} is not printed");
    }
    for unwanted in ["#assignment", "#side-by-side", ".sheet-ways button", ".site-header", ".assignment-bar"] {
        ensure!(!page.eval::<bool>(&seen(unwanted)).await?, "{unwanted} is printed");
    }
    page.command("Emulation.setEmulatedMedia", serde_json::json!({ "media": "" })).await?;
    // As a file: what the browser is handed is read before it is saved.
    page.eval::<()>(
        "((make) => { URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; }); return make(blob); }; })(URL.createObjectURL.bind(URL))",
    )
    .await?;
    page.click("[data-action=save-sheet]").await?;
    let text: String = page.until("the file", "window.saved", Duration::from_secs(10)).await?;
    let sheet: serde_json::Value = serde_json::from_str(&text)?;
    ensure!(
        sheet["name"] == "Ada" && sheet["assignment"] == "guess=required&seed=1&lessons=memory/arenas,data/zero-copy",
        "{text}"
    );
    let lesson = &sheet["lessons"][0];
    ensure!(lesson["results"][0]["because"] == "of the cache" && lesson["answers"][0]["kind"] == "Predict", "{text}");
    let ratio = &lesson["results"][0]["result"]["ratios"][0];
    ensure!(
        ratio["low"].as_f64() <= ratio["high"].as_f64() && ratio["low"].is_number(),
        "a result without its interval: {ratio}"
    );
    Ok(text)
}

#[test]
fn an_assignment_waits_for_the_guess_fixes_the_seed_and_fills_the_sheet() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/class/")).await?;
        page.click("input[name=lesson][value='memory/arenas']").await?;
        page.click("input[name=lesson][value='data/zero-copy']").await?;
        let link: String =
            page.until("the link", "document.querySelector('textarea[name=assignment]')?.value", Duration::from_secs(10)).await?;
        ensure!(link.ends_with("/lessons/memory/arenas/?guess=required&seed=1&lessons=memory/arenas,data/zero-copy"), "{link}");
        page.open(&link).await?;
        page.soon("the bar", "document.querySelectorAll('.assignment-bar li').length === 3").await?;
        let lab = Lab::on(page, "arena").await?;
        page.soon("the lab to wait", "document.querySelector('[data-lab=arena] [data-action=run][aria-disabled=true]')").await?;
        lab.press("run").await?;
        page.soon("the way to the guess", "document.activeElement.closest('.question') && document.querySelector('.assignment-bar [role=status]').textContent.includes('guess')").await?;
        ensure!(lab.state().await? == "idle", "the lab ran without a guess");
        // The guess of the lesson, whichever way it asks.
        page.eval::<()>(
            "document.querySelectorAll('.question[data-kind=Predict]').forEach((one) => one.querySelector('input[type=radio]')?.click())",
        )
        .await?;
        while page.eval::<bool>("!!document.querySelector('.number-guess input:enabled')").await? {
            page.focus(".number-guess input:enabled").await?;
            page.press("3").await?;
            page.eval::<()>("document.querySelector('.question:has(.number-guess input:enabled) [data-step=predict]').click()")
                .await?;
        }
        page.soon("the lab free", "!document.querySelector('[data-lab=arena] [data-action=run][aria-disabled]')").await?;
        lab.press("run").await?;
        lab.done(Duration::from_secs(130)).await?;
        let result = lab.copied("copy-result").await?;
        ensure!(result.contains("\"seed\":\"1\""), "the seed is not the assignment's");
        page.click(".assignment-bar li:last-child a").await?;
        page.soon("the sheet", "document.querySelector('.sheet article textarea[name=because]')").await?;
        page.focus("textarea[name=because]").await?;
        page.press("of the cache").await?;
        let kept: String = page.eval("localStorage.getItem('ferroscope.sheet')").await?;
        ensure!(kept.contains("of the cache") && kept.contains("\"kind\":\"Predict\""), "{kept}");
        page.reload().await?;
        page.soon("the sentence", "document.querySelector('textarea[name=because]')?.value === 'of the cache'").await?;
        let sheet = hand_in(page).await?;
        // Two results beside each other: the one just measured, and the same again with one figure changed.
        let second = result.replacen("\"seed\":\"1\"", "\"seed\":\"2\"", 1);
        page.eval::<()>(&format!(
            "((field) => {{ field.value = {}; field.dispatchEvent(new Event('input', {{ bubbles: true }})); }})(document.querySelector('#pasted'))",
            serde_json::json!(format!("{result}\n\n{second}\nnonsense\n{sheet}"))
        ))
        .await?;
        page.soon("a column for each, the sheet's too", "document.querySelectorAll('[data-side=arena] thead th').length === 4")
            .await?;
        ensure!(page.text("[data-side=arena] .side-places").await?.contains("Ada"), "the sheet's result is nobody's");
        let question = page.text("[data-side=arena] summary").await?;
        ensure!(question.starts_with("Why do"), "no question is asked: {question}");
        ensure!(page.text("#side-by-side .failure").await?.contains("No. 3"), "what could not be read is not named");
        ensure!(page.eval::<usize>("document.querySelectorAll('[data-side=arena] .whisker').length").await? > 4, "no intervals");
        page.eval::<()>("localStorage.removeItem('ferroscope.sheet')").await
    })
}
