//! A page before its app, and without it: everything that is read is there, and the app moves nothing when it takes over.

use anyhow::{Context as _, Result, ensure};
use e2e::{Arrival, Engine, LessonEntry, Machine, Page, Scripts, Serving, Session, Site, drive, drive_with, figure};
use std::collections::BTreeSet;

/// The sum of a route's layout shifts must stay below this.
const SHIFTS: f64 = 0.02;

/// A route without scripts says this many characters at least: its name, and a sentence on what it is.
const ENOUGH: usize = 80;

/// What a reader of a lesson reads, as the app shows it: the measure for the page without the app.
#[derive(serde::Deserialize)]
struct Read {
    headings: Vec<String>,
    prose: Vec<String>,
    code: Vec<String>,
    labs: Vec<String>,
}

/// Text without the spaces that markup, and nothing else, decides on.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn read(page: &Page, site: &Site, lesson: &LessonEntry) -> Result<Read> {
    page.open(&site.address(&lesson.route)).await?;
    page.soon("the lesson", "document.querySelector('article.lesson h2')").await?;
    // Labs draw their own words anew; prose is what stands outside of them.
    page.eval(
        "((root) => {
           const texts = (selector) => [...root.querySelectorAll(selector)]
             .filter((one) => !one.closest('[data-lab], form, details, nav, button') && one.checkVisibility())
             .map((one) => one.innerText.split(/\\s+/).join(' ').trim()).filter((text) => text);
           return { headings: texts('h1, h2, h3'), prose: texts('p, li'), code: texts('pre code'),
                    labs: [...root.querySelectorAll('[data-lab]')].map((one) => one.dataset.lab) };
         })(document.querySelector('article.lesson'))",
    )
    .await
}

fn everything_is_read_without_scripts(engine: Engine) -> Result<()> {
    let site = Site::start("")?;
    ensure!(!site.registry.lessons.is_empty(), "the registry lists no lesson");
    let lessons: Vec<(LessonEntry, Read)> = drive(Machine::Shared, async |page| {
        let mut lessons = Vec::new();
        for lesson in &site.registry.lessons {
            lessons.push((lesson.clone(), read(page, &site, lesson).await?));
        }
        Ok(lessons)
    })?;
    ensure!(lessons.iter().any(|(_, read)| !read.labs.is_empty()), "no lesson has a lab");
    Session { engine, scripts: Scripts::Off, ..Session::default() }.drive(async |page| {
        let mut faults = Vec::new();
        for (lesson, read) in &lessons {
            page.open_outside(&site.address(&lesson.route)).await?;
            let all = plain(&page.texts("main").await?.join(" "));
            ensure!(
                // Not every lesson has a lab yet.
                read.prose.len() > 5 && !read.code.is_empty(),
                "{}: nothing to compare with",
                lesson.route
            );
            for text in read.headings.iter().chain(&read.prose).chain(&read.code) {
                if !all.contains(&plain(text)) {
                    faults.push(format!("{}: lacks “{}”", lesson.route, text.chars().take(80).collect::<String>()));
                }
            }
            for lab in read.labs.iter().collect::<BTreeSet<_>>() {
                let figure = |what: &str| format!("main [data-lab='{lab}'] {what}");
                let words = page.texts(&figure(".finding")).await?.join(" ");
                if !words.contains(|one: char| one.is_ascii_digit()) {
                    faults.push(format!("{}: the figure of {lab} has no finding: “{words}”", lesson.route));
                }
                let cells = page.texts(&figure("table td")).await?;
                if cells.len() < 4 {
                    faults.push(format!("{}: the figure of {lab} has no data table: {cells:?}", lesson.route));
                }
            }
        }
        ensure!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
        Ok(())
    })
}

#[test]
fn a_lesson_reads_fully_without_scripts_in_chromium() -> Result<()> {
    everything_is_read_without_scripts(Engine::Chromium)
}

#[test]
fn a_lesson_reads_fully_without_scripts_in_firefox() -> Result<()> {
    everything_is_read_without_scripts(Engine::Firefox)
}

/// Every lab's page and every embed, without scripts: the finding and the data table, with figures.
fn every_figure_is_read_without_scripts(engine: Engine) -> Result<()> {
    let site = Site::start("")?;
    let listed = site.registry.labs.iter().filter(|lab| lab.listed).map(|lab| lab.route.clone());
    let embeds = site.registry.routes.iter().filter(|route| {
        let of_lab = route.strip_prefix("/embed/").and_then(|rest| rest.split('/').next());
        of_lab.is_some_and(|slug| site.registry.labs.iter().any(|lab| lab.slug == slug))
    });
    let routes: BTreeSet<String> = listed.chain(embeds.cloned()).chain(["/budget/".to_owned()]).collect();
    Session { engine, scripts: Scripts::Off, ..Session::default() }.drive(async |page| {
        let mut faults = Vec::new();
        let has_digits = |text: &str| text.contains(|letter: char| letter.is_ascii_digit());
        for route in &routes {
            page.open_outside(&site.address(route)).await?;
            let finding = page.texts("main [data-lab] .finding").await?.join(" ");
            let cells = page.texts("main [data-lab] table td").await?;
            if !has_digits(&finding) {
                faults.push(format!("{route} has no finding: “{finding}”"));
            }
            if cells.iter().filter(|cell| has_digits(cell)).count() < 2 {
                faults.push(format!("{route} has no data table: {cells:?}"));
            }
        }
        ensure!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
        Ok(())
    })
}

#[test]
fn every_figure_is_read_without_scripts_in_chromium() -> Result<()> {
    every_figure_is_read_without_scripts(Engine::Chromium)
}

#[test]
fn every_figure_is_read_without_scripts_in_firefox() -> Result<()> {
    every_figure_is_read_without_scripts(Engine::Firefox)
}

/// Every question of a lesson has its answer behind a press that needs no script.
#[test]
fn every_question_is_answered_without_scripts() -> Result<()> {
    let site = Site::start("")?;
    Session { scripts: Scripts::Off, ..Session::default() }.drive(async |page| {
        let mut faults = Vec::new();
        for lesson in &site.registry.lessons {
            page.open_outside(&site.address(&lesson.route)).await?;
            let silent: Vec<String> = page
                .eval(
                    "[...document.querySelectorAll('main [data-question]')]
                       .filter((one) => !((one.querySelector('details.outcome')?.textContent ?? '').length > 40)).map((one) => one.id)",
                )
                .await?;
            faults.extend(silent.into_iter().map(|id| format!("{}: {id}", lesson.route)));
        }
        ensure!(faults.is_empty(), "{} questions stay open:\n{}", faults.len(), faults.join("\n"));
        Ok(())
    })
}

/// No route is blank without scripts, not even those that are all app.
#[test]
fn no_route_is_blank_without_scripts() -> Result<()> {
    let site = Site::start("")?;
    Session { scripts: Scripts::Off, ..Session::default() }.drive(async |page| {
        let mut blank = Vec::new();
        for route in &site.registry.routes {
            page.open_outside(&site.address(route)).await?;
            let (title, text) = (page.texts("main h1, main[data-embed]").await?.join(" "), page.texts("main").await?.join(" "));
            if title.trim().is_empty() || text.chars().count() < ENOUGH {
                blank.push(format!("{route}: “{}”", text.chars().take(120).collect::<String>()));
            }
        }
        ensure!(blank.is_empty(), "{} routes say next to nothing:\n{}", blank.len(), blank.join("\n"));
        Ok(())
    })
}

/// Notes, frame by frame, where the prerendered page's landmarks stand, and where they stand in the first frame of the app's and once that is ready:
/// sections that are not seen are laid out in between. The browser's own count of shifts knows nothing of it: elements that replace others have not moved.
const PLACES: &str = "
  window.places = { before: [], first: null, after: null };
  const places_in = (root) => [...root.querySelectorAll('h1, h2, h3, .lesson > section, [data-lab], pre, table, footer')].filter((one) => one.checkVisibility())
    .map((one) => {
      const top = one.getBoundingClientRect().top, name = one.dataset.lab ?? (one.matches('.lesson > section') ? one.id : one.innerText);
      return { name: name.slice(0, 40).trim() + ' <' + one.localName + '>', top: top + scrollY, early: top < innerHeight || one.matches('.lesson > section') };
    });
  const look = () => {
    const page = document.getElementById('prerendered');
    if (page) places.before = places_in(page);
    else if (places.before.length > 0) {
      places.first ??= places_in(document.body);
      if (document.documentElement.dataset.app === 'ready') { places.after = places_in(document.body); return; }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);";

#[derive(serde::Deserialize)]
struct Places {
    before: Vec<Place>,
    first: Vec<Place>,
    after: Vec<Place>,
}

#[derive(Clone, serde::Deserialize)]
struct Place {
    name: String,
    /// From the page's beginning, in CSS pixels.
    top: f64,
    /// Whether it must stand in the app's first frame: it is in view, or it is a section, whose room is kept.
    early: bool,
}

/// What differs between two looks at a page, in words.
fn differences(before: &[Place], after: &[Place]) -> Option<String> {
    const SLACK: f64 = 1.0;
    let names = |places: &[Place]| places.iter().map(|place| place.name.clone()).collect::<Vec<_>>();
    if names(before) != names(after) {
        return Some(format!("{:?} became {:?}", names(before), names(after)));
    }
    let (before, after) = before.iter().zip(after).find(|(before, after)| (before.top - after.top).abs() > SLACK)?;
    Some(format!("“{}” stood at {:.0} and jumped to {:.0}", before.name, before.top, after.top))
}

/// The app's page stands where the prerendered one stood.
fn the_app_takes_over_in_place(width: u32, height: u32) -> Result<()> {
    let site = Site::start("")?;
    drive_with(Machine::Shared, &[PLACES], async |page| {
        page.open(&site.address("/")).await?;
        page.resize(width, height).await?;
        let mut faults = Vec::new();
        for route in &site.registry.routes {
            page.open(&site.address(route)).await?;
            page.soon("the app's places", "places.after").await?;
            let Places { before, first, after } = page.eval("places").await?;
            let early = |places: &[Place]| places.iter().filter(|place| place.early).cloned().collect::<Vec<_>>();
            let looks = [("its first frame", early(&before), early(&first)), ("the app", before, after)];
            for (when, before, after) in looks {
                if let Some(difference) = differences(&before, &after) {
                    faults.push(format!("{route}, {when}: {difference}"));
                }
            }
        }
        ensure!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
        Ok(())
    })
}

#[test]
fn the_app_takes_over_in_place_on_a_desktop() -> Result<()> {
    the_app_takes_over_in_place(1440, 900)
}

#[test]
fn the_app_takes_over_in_place_on_a_phone() -> Result<()> {
    the_app_takes_over_in_place(390, 844)
}

/// The shifts of every route from its first paint until the app stands, and then down to its end and back.
fn nothing_moves(width: u32, height: u32, arrival: Arrival) -> Result<()> {
    let site = Site::serve(Serving { arrival, ..Serving::default() })?;
    drive(Machine::Shared, async |page| {
        page.bypass_service_worker().await?;
        // The size must be there before the page is.
        page.open(&site.address("/")).await?;
        page.resize(width, height).await?;
        let mut faults = Vec::new();
        for route in &site.registry.routes {
            page.open(&site.address(route)).await?;
            page.eval::<bool>("(scrollTo(0, document.documentElement.scrollHeight), true)").await?;
            page.shifts().await?;
            page.eval::<bool>("(scrollTo(0, 0), true)").await?;
            let shifts = page.shifts().await.with_context(|| route.clone())?;
            let sum = shifts.iter().fold(0.0, |sum, shift| sum + shift.value);
            figure(&format!("layout shifts of {route} at {width} × {height}"), &format!("{sum:.4}"));
            if sum >= SHIFTS {
                let moved: Vec<_> = shifts.iter().map(|shift| format!("{:.4} {}", shift.value, shift.moved)).collect();
                faults.push(format!("{route}: {sum:.4}\n  {}", moved.join("\n  ")));
            }
        }
        ensure!(faults.is_empty(), "{} routes shift:\n{}", faults.len(), faults.join("\n"));
        Ok(())
    })
}

#[test]
fn nothing_moves_on_a_desktop() -> Result<()> {
    nothing_moves(1440, 900, Arrival::Whole)
}

#[test]
fn nothing_moves_on_a_phone() -> Result<()> {
    nothing_moves(390, 844, Arrival::Whole)
}

#[test]
fn nothing_moves_on_a_phone_with_a_slow_network() -> Result<()> {
    nothing_moves(390, 844, Arrival::ByBlock)
}
