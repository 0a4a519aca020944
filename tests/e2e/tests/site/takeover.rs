//! What the reader had before the app came, and what they did to it: neither is lost when the app takes over, nor where it cannot.

use anyhow::{Context as _, Result, ensure};
use e2e::{Engine, Key, Machine, Page, Scripts, Serving, Session, Site, drive, drive_with};

/// What the prerendered page says where a part of what it shows does not come.
const MISSING: &str = "#prerendered .late";

/// Names of files that hosts may have lost, and a page that needs each.
const LOST: [(&[&str], &str); 4] = [
    (&["course/"], "/lessons/data/zero-copy/"),
    (&["-split_data.wasm", "-chunk_pack.wasm"], "/budget/"),
    (&["-split_embed.wasm", "-chunk_pack.wasm"], "/embed/arena/"),
    (&["-split_guide.wasm", "-chunk_pack.wasm"], "/path/"),
];

/// The words of a page, as far as they are read: without the notice.
const WORDS: &str =
    "[...document.querySelectorAll('#prerendered h1, #prerendered p:not(.late), #prerendered li, #prerendered td')]
    .filter((one) => !one.closest('noscript')).map((one) => one.textContent.trim()).filter((one) => one)";

/// Whatever does not come, the words stay, a notice says so, and nothing says that the page cannot be shown.
fn stays_readable(engine: Engine) -> Result<()> {
    for (lost, route) in LOST {
        let site = Site::serve(Serving { lost, ..Serving::default() })?;
        let whole: Vec<String> = Session { engine, scripts: Scripts::Off, ..Session::default() }.drive(async |page| {
            page.open_outside(&site.address(route)).await?;
            page.eval(WORDS).await
        })?;
        ensure!(!whole.is_empty(), "{route} was not prerendered");
        Session { engine, ..Session::default() }.drive(async |page| {
            page.open_outside(&site.address(route)).await?;
            page.says(MISSING, "did not arrive").await.with_context(|| route.to_owned())?;
            let words: Vec<String> = page.eval(WORDS).await?;
            ensure!(words == whole, "{route} lost words");
            // Asked again it says so again, since the host still has nothing.
            page.click(&format!("{MISSING} button")).await?;
            page.says(MISSING, "did not arrive").await?;
            ensure!(page.eval::<bool>("!document.documentElement.dataset.app").await?, "{route} was taken over in spite of it");
            // Links lead on as in any page.
            if !route.starts_with("/embed/") {
                page.click("#prerendered a.wordmark").await?;
                page.soon("home", &format!("location.href === '{}' && document.querySelector('.hero')", site.address("/")))
                    .await?;
                // What that page lacks, if it lacks anything, is asked for in vain by now.
                page.soon(
                    "the app, or that it lacks a part",
                    &format!("document.documentElement.dataset.app || document.querySelector('{MISSING}')"),
                )
                .await?;
            }
            // What the host lacks stands on the console, as it should.
            let errors = page.take_console_errors().await?;
            ensure!(
                errors.iter().all(|error| ["404", "integrity", "digest"].iter().any(|word| error.contains(word))),
                "{errors:?}"
            );
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn a_page_stays_readable_where_a_part_of_it_never_comes_in_chromium() -> Result<()> {
    stays_readable(Engine::Chromium)
}

#[test]
fn a_page_stays_readable_where_a_part_of_it_never_comes_in_firefox() -> Result<()> {
    stays_readable(Engine::Firefox)
}

#[test]
fn what_comes_at_the_second_attempt_is_taken_over() -> Result<()> {
    let site = Site::serve(Serving { hiccups: &["course/", "-chunk_pack.wasm", "-split_"], ..Serving::default() })?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/lessons/data/zero-copy/")).await?;
        let errors = page.take_console_errors().await?;
        ensure!(errors.iter().all(|error| ["503", "integrity", "digest"].iter().any(|word| error.contains(word))), "{errors:?}");
        Ok(())
    })
}

/// Does something to the prerendered page as soon as `boot.js` listens: before the app can be there.
fn early(what: &str) -> String {
    format!(
        "addEventListener('DOMContentLoaded', () => setTimeout(() => {{
           const page = document.getElementById('prerendered');
           if (page) {{ {what} }}
         }}))"
    )
}

/// Opens a page at whose prerendered form this is done.
fn with_early(what: &str, route: &str, then: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    let site = Site::start("")?;
    drive_with(Machine::Shared, &[&early(what)], async |page| {
        page.open(&site.address(route)).await?;
        then(page).await
    })
}

/// A reader who has read two lessons: their buttons to reset each stand before the others.
const PROGRESS: &str = "if (location.protocol === 'http:') localStorage.setItem('ferroscope.progress', 'ferroscope-progress 1\\ndata/zero_copy pq');";

#[test]
fn an_early_press_is_never_another_buttons() -> Result<()> {
    let press = "page.querySelector('[data-action=save-progress]').click();";
    let site = Site::start("")?;
    drive_with(Machine::Shared, &[PROGRESS, &early(press)], async |page| {
        page.open(&site.address("/progress/")).await?;
        let kept: String = page.eval("localStorage.getItem('ferroscope.progress')").await?;
        ensure!(kept.contains("zero_copy"), "an early press reset a lesson: {kept}");
        Ok(())
    })
}

#[test]
fn an_early_press_of_run_runs() -> Result<()> {
    let press = "page.querySelector('[data-lab=arena] [data-action=run]').click();";
    with_early(press, "/labs/arena/", async |page| {
        page.soon("a run", "document.querySelector('[data-lab=arena]').dataset.state !== 'idle'").await
    })
}

#[test]
fn what_was_opened_chosen_and_typed_early_is_so_in_the_app() -> Result<()> {
    let did = "page.querySelector('.lesson details.recall > summary').click();
               page.querySelectorAll('.lesson .recall input[type=radio]')[1].click();";
    with_early(did, "/lessons/memory/arenas/", async |page| {
        page.soon("the opened part", "document.querySelector('.lesson details.recall').open").await?;
        page.soon("the pick", "document.querySelectorAll('.lesson .recall input[type=radio]')[1].checked").await?;
        page.soon("its explanation", "document.querySelector('.lesson .recall .verdict').textContent.length > 0").await
    })
}

#[test]
fn the_focus_stays_where_it_is_and_so_does_what_is_seen() -> Result<()> {
    let places =
        ["a.skip", ".site-footer a", ".site-header button", ".lesson details > summary", ".lesson pre[tabindex]", ".contents a"];
    for place in places {
        let focus = format!("const one = page.querySelector({place:?}); if (one) one.focus({{ preventScroll: true }});");
        with_early(&focus, "/lessons/memory/lifetimes/", async |page| {
            let is_there: bool = page.eval(&format!("document.querySelector({place:?}) !== null")).await?;
            if is_there {
                page.soon(&format!("the focus on {place}"), &format!("document.activeElement.matches({place:?})")).await?;
            }
            ensure!(page.eval::<f64>("scrollY").await? < 1.0, "the page was scrolled for the focus on {place}");
            // The keyboard goes on from there.
            page.press(Key::Tab.value().to_string()).await?;
            page.soon("the next place", "document.activeElement !== document.body").await
        })?;
    }
    Ok(())
}

#[test]
fn a_reader_who_has_scrolled_stays_there() -> Result<()> {
    let scroll = "document.documentElement.style.scrollBehavior = 'auto'; scrollTo(0, 900);";
    with_early(scroll, "/", async |page| {
        let y: f64 = page.eval("scrollY").await?;
        ensure!((y - 900.0).abs() < 2.0, "the reader was at 900 and is at {y}");
        Ok(())
    })
}

/// The sum of a page's layout shifts must stay below this.
const SHIFTS: f64 = 0.02;

/// A reader who comes back, to the top, to where they were, or to a place of the page.
#[test]
fn a_reader_who_comes_back_sees_nothing_move() -> Result<()> {
    let site = Site::start("")?;
    let routes = ["/", "/path/", "/progress/", "/pillars/data/", "/lessons/data/zero-copy/", "/lessons/memory/lifetimes/"];
    for (before, anchor) in [("", ""), ("scrollTo(0, 700);", ""), ("", "#sources-title")] {
        drive_with(Machine::Shared, &[PROGRESS, &early(before)], async |page| {
            page.bypass_service_worker().await?;
            let mut faults = Vec::new();
            for route in routes {
                page.open(&format!("{}{anchor}", site.address(route))).await?;
                let shifts = page.shifts().await?;
                let sum = shifts.iter().fold(0.0, |sum, shift| sum + shift.value);
                if sum >= SHIFTS {
                    faults.push(format!(
                        "{route}{anchor} {before}: {sum:.4} {}",
                        shifts.first().map_or("", |shift| shift.moved.as_str())
                    ));
                }
            }
            ensure!(faults.is_empty(), "{}", faults.join("\n"));
            Ok(())
        })?;
    }
    Ok(())
}
