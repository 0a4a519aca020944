//! The guide: the placement leads to a lesson, what the reader does is marked and kept, and the learning path is walked with the keyboard.

use anyhow::{Result, ensure};
use e2e::{Key, Lab, Machine, Page, Site, audit, drive, drive_with};
use serde_json::json;

/// As a browser denies it: the property itself throws.
const DENIED: &str = "
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
    Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });";

const LESSON: &str = "/lessons/data/zero-copy/";

/// What is marked on the page for a lesson, in words.
fn marked(address: &str) -> String {
    format!(
        "[...[...document.querySelectorAll('.served li')].find((one) => one.querySelector('a')?.href === {})
           .querySelectorAll('.is-made')].map((one) => one.innerText.match(/[a-z]+/)[0]).join(' ')",
        json!(address)
    )
}

/// The page as it is now has no fault for axe-core, and on the narrowest phone nothing sticks out.
async fn ensure_sound(page: &Page) -> Result<()> {
    let faults = audit(page).await?;
    ensure!(faults.is_empty(), "{faults:#?}");
    page.resize(320, 640).await?;
    let faults = page.sticking_out().await?;
    ensure!(faults.is_empty(), "{faults:#?}");
    page.resize(1280, 900).await
}

/// Picks the right answer of every question: each is tried until the page says so.
async fn answer_all(page: &Page) -> Result<()> {
    // The verdict is drawn after the click: the next frame shows it.
    let wrong: Vec<String> = page
        .eval_async(
            "(async () => { const wrong = []; for (const one of document.querySelectorAll('[data-placement]')) { let found = false;
               for (const input of one.querySelectorAll('input')) { input.click(); await new Promise(requestAnimationFrame);
                 if (one.querySelector('.verdict').innerText.startsWith('Right')) { found = true; break; } }
               if (!found) wrong.push(one.id); } return wrong; })()",
        )
        .await?;
    ensure!(wrong.is_empty(), "no answer of {wrong:?} is called right");
    Ok(())
}

#[test]
fn the_placement_leads_to_the_lesson_it_recommends() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/start/")).await?;
        // Whoever answers nothing starts at the beginning.
        page.click("[data-action=place]").await?;
        page.soon("the first station", "document.querySelector('#result-title').innerText.startsWith('Start at A')").await?;
        page.soon("the focus on the result", "document.activeElement.id === 'placement-result'").await?;
        let missed: u32 = page.eval("document.querySelectorAll('#placement-result a[href^=\"#q-\"]').length").await?;
        ensure!(missed == 4, "{missed} answers are named, not the four that decided");
        page.click("[data-action=recommended]").await?;
        page.at(&site.address("/lessons/memory/lifetimes/")).await?;
        page.open(&site.address("/path/")).await?;
        page.soon("the station", "document.querySelector('#down-A .tag')").await?;
        // Retaken, with everything right and a wish.
        page.open(&site.address("/start/")).await?;
        page.soon("what was found before", "document.querySelector('#result-title').innerText.startsWith('Start at A')").await?;
        answer_all(page).await?;
        page.click("input[name=wish][value=F]").await?;
        page.click("[data-action=place]").await?;
        page.soon("the branch", "document.querySelector('#result-title').innerText.startsWith('Start at F')").await?;
        ensure_sound(page).await?;
        page.click("[data-action=recommended]").await?;
        page.at(&site.address(LESSON)).await?;
        page.open(&site.address("/path/")).await?;
        page.soon("the other station", "document.querySelector('#down-F .tag') && !document.querySelector('#down-A .tag')")
            .await?;
        ensure_sound(page).await
    })
}

#[test]
fn what_the_reader_does_in_a_lesson_is_marked_and_outlives_reloads() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        let marks = marked(&site.address(LESSON));
        page.open(&site.address("/progress/")).await?;
        ensure!(page.eval::<String>(&marks).await?.is_empty(), "something is marked before anything was done");
        page.open(&site.address(LESSON)).await?;
        page.eval::<bool>("(document.querySelector('[data-kind=Question] input').click(), true)").await?;
        let sections: Vec<String> = page.eval("[...document.querySelectorAll('.lesson > section')].map((one) => one.id)").await?;
        page.eval::<bool>(&format!("(document.getElementById({}).scrollIntoView(), true)", json!(sections[1]))).await?;
        page.soon("the place to be kept", "localStorage['ferroscope.progress']?.includes('#')").await?;
        page.open(&site.address("/path/")).await?;
        let resumed: String = page.eval("document.querySelector('[data-action=resume]').href").await?;
        ensure!(resumed.starts_with(&format!("{}#", site.address(LESSON))), "it goes on at {resumed}");
        page.click("[data-action=resume]").await?;
        page.at(&site.address(LESSON)).await?;
        // One answered question of several is no answered quiz; a guess, a run and the end come one by one.
        let lab = Lab::on(page, "latency-budget").await?;
        lab.run().await?;
        page.eval::<bool>(
            "([...document.querySelectorAll('[data-kind=Question]')].forEach((one) => one.querySelector('input').click()), true)",
        )
        .await?;
        page.eval::<bool>("(document.querySelector('.lesson .sources').scrollIntoView(), true)").await?;
        page.soon("three marks", "/data.zero_copy [rxq]{3}/.test(localStorage['ferroscope.progress'])").await?;
        page.open(&site.address("/progress/")).await?;
        page.soon("the marks", &format!("{marks} === 'read ran answered'")).await?;
        page.reload().await?;
        page.soon("the marks after a reload", &format!("{marks} === 'read ran answered'")).await?;
        ensure_sound(page).await?;
        page.click("[data-reset='data/zero_copy']").await?;
        page.soon("no marks", &format!("{marks} === ''")).await?;
        page.reload().await?;
        page.soon("no marks after a reload", &format!("{marks} === ''")).await
    })
}

#[test]
fn a_guess_is_marked_once_it_is_made() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address(LESSON)).await?;
        page.click("[data-action=lock-guess]").await?;
        page.soon("the mark", "/data.zero_copy p/.test(localStorage['ferroscope.progress'])").await
    })
}

#[test]
fn progress_is_taken_in_from_a_file_and_reset_only_after_a_second_press() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/progress/")).await?;
        let marks = marked(&site.address(LESSON));
        let give = async |text: &str| {
            let give = format!(
                "(() => {{ const [input, files] = [document.querySelector('[name=progress-file]'), new DataTransfer()];
                   files.items.add(new File([{}], 'progress.json')); input.files = files.files;
                   input.dispatchEvent(new Event('change', {{ bubbles: true }})); return true; }})()",
                json!(text)
            );
            page.eval::<bool>(&give).await
        };
        give("{\"format\":\"something else\"}").await?;
        page.soon("a refusal", "document.querySelector('.said').innerText.includes('Nothing was changed')").await?;
        let file = json!({ "format": "ferroscope-progress", "version": 1, "last": null, "placed": "B",
            "lessons": [{ "name": "data/zero_copy", "done": ["read"] }] });
        give(&file.to_string()).await?;
        page.soon("the mark of the file", &format!("{marks} === 'read'")).await?;
        page.click("[data-action=reset-all]").await?;
        page.soon("a question", "document.querySelector('[data-action=reset-all]').innerText.startsWith('Really')").await?;
        page.click("[data-action=keep]").await?;
        ensure!(page.eval::<String>(&marks).await? == "read", "one press was enough");
        page.click("[data-action=reset-all]").await?;
        page.click("[data-action=reset-all]").await?;
        page.soon("no marks", &format!("{marks} === ''")).await
    })
}

#[test]
fn without_storage_the_progress_lasts_as_long_as_the_page_and_says_so() -> Result<()> {
    let site = Site::start("")?;
    drive_with(Machine::Shared, &[DENIED], async |page| {
        page.open(&site.address(LESSON)).await?;
        page.eval::<bool>("(document.querySelector('.lesson .sources').scrollIntoView(), true)").await?;
        page.click(".site-header a[href$='/path/']").await?;
        page.at(&site.address("/path/")).await?;
        page.soon("the next lesson", "document.querySelector('[data-action=resume]')").await?;
        page.click(".resume a[href$='/progress/']").await?;
        page.at(&site.address("/progress/")).await?;
        page.soon("the mark", &format!("{} === 'read'", marked(&site.address(LESSON)))).await?;
        page.soon("the note", "document.querySelector('.kept-note').innerText.includes('keeps nothing')").await
    })
}

async fn at_station(page: &Page, id: &str) -> Result<()> {
    page.soon(&format!("the focus on {id}"), &format!("document.activeElement.id === {}", json!(id))).await
}

#[test]
fn the_path_is_walked_with_the_keyboard() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        // Wide: from left to right.
        page.resize(1400, 900).await?;
        page.open(&site.address("/path/")).await?;
        page.focus("#across-A").await?;
        for (key, station) in [
            (Key::Right, "across-B"),
            (Key::Right, "across-C"),
            (Key::End, "across-G"),
            (Key::Home, "across-A"),
            (Key::Down, "across-A"),
        ] {
            page.press(key.value().to_string()).await?;
            at_station(page, station).await?;
        }
        let stops: u32 = page.eval("document.querySelectorAll('.drawing-across [tabindex=\"0\"]').length").await?;
        ensure!(stops == 1, "{stops} stations are stops of the Tab key");
        page.press(Key::Right.value().to_string()).await?;
        page.press(Key::Enter.value().to_string()).await?;
        page.soon("the station", "document.activeElement.id === 'station-panel'").await?;
        ensure!(page.text("#station-panel").await?.contains("Intermediate"), "another station is opened");
        page.press(Key::Escape.value().to_string()).await?;
        at_station(page, "across-B").await?;
        // Tall: from top to bottom.
        page.resize(390, 800).await?;
        page.focus("#down-B").await?;
        page.press(Key::Down.value().to_string()).await?;
        at_station(page, "down-C").await
    })
}

#[test]
fn the_drawing_is_as_large_as_a_hall_needs_and_the_page_does_not_scroll_sideways() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.resize(1920, 1080).await?;
        page.open(&site.address("/path/")).await?;
        let widths = "document.querySelector('.drawing-across svg').getBoundingClientRect().width";
        let mut width: f64 = page.eval(widths).await?;
        for _ in 0..4 {
            page.click("[data-action=zoom-in]").await?;
            page.soon("a larger drawing", &format!("{widths} > {width}")).await?;
            width = page.eval(widths).await?;
        }
        page.soon("the largest size", "document.querySelector('[data-action=zoom-in]').disabled").await?;
        let label: f64 = page
            .eval("(() => { const drawing = document.querySelector('.drawing-across svg'); return 13 * drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width; })()")
            .await?;
        ensure!(label >= 20.0, "the smallest words are {label} pixels");
        let wide = page.sticking_out().await?;
        ensure!(wide.is_empty(), "{wide:#?}");
        Ok(())
    })
}

#[test]
fn on_a_phone_all_of_the_drawing_is_seen_and_a_press_makes_it_larger() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for width in [320, 390] {
            page.resize(width, 800).await?;
            page.open(&site.address("/path/")).await?;
            let room =
                "(() => { const view = document.querySelector('.path-view'); return view.scrollWidth - view.clientWidth; })()";
            let hidden: f64 = page.eval(room).await?;
            ensure!(hidden <= 1.0, "{hidden} pixels of the fitted drawing are out of sight at {width} pixels");
            page.click("[data-action=zoom-in]").await?;
            page.soon("a larger drawing, to be scrolled", &format!("{room} > 100")).await?;
            let wide = page.sticking_out().await?;
            ensure!(wide.is_empty(), "{wide:#?}");
            page.click("[data-action=zoom-out]").await?;
            page.soon("all of it again", &format!("{room} <= 1")).await?;
        }
        Ok(())
    })
}

#[test]
fn the_primitive_table_is_sorted_and_filtered_by_keyboard_and_leads_to_the_ledger() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/pillars/concurrency/")).await?;
        let table = "document.querySelector('[data-table=primitives]')";
        let first = |name: &str| format!("{table}.querySelector('tbody th').innerText.includes({})", json!(name));
        page.soon("the roadmap's order", &first("std::sync::Mutex")).await?;
        page.focus("[data-table=primitives] [data-sort='2']").await?;
        page.press(Key::Enter.value().to_string()).await?;
        page.soon("the lowest throughput first", &first("tokio::sync::Mutex")).await?;
        let sorted: Vec<String> =
            page.eval(&format!("[...{table}.querySelectorAll('[aria-sort]')].map((one) => one.ariaSort)")).await?;
        ensure!(sorted == ["ascending"], "{sorted:?}");
        page.press(Key::Enter.value().to_string()).await?;
        page.soon("the highest throughput first", &first("Atomics")).await?;
        page.focus("[data-table=primitives] input[type=search]").await?;
        page.press("channels").await?;
        page.soon("one row", &format!("{table}.querySelectorAll('tbody tr').length === 1")).await?;
        let said = page.text("[data-table=primitives] [role=status]").await?;
        ensure!(said == "1 of 4 rows, by “Throughput it asserts”, descending.", "{said}");
        ensure_sound(page).await?;
        page.click("[data-table=primitives] tbody a[href*='/audit/#']").await?;
        page.soon("the claim", "location.hash === '#std-channel-slower'").await?;
        // Without scripts it reads as the roadmap has it.
        page.open(&site.address("/pillars/data/")).await?;
        let plain: String = page.eval_async("fetch(location.href).then((answer) => answer.text())").await?;
        for wanted in ["The two budgets", "RECORDED", "Business logic", "published and here", "The ledger says"] {
            ensure!(plain.contains(wanted), "{wanted} is not in the page as it arrives");
        }
        Ok(())
    })
}
