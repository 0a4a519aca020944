//! Embeds in hosts of every kind, in Chromium and in Firefox: wherever scripts may run, a click gives a result; elsewhere the frame shows
//! the recorded picture. It is never blank.

use anyhow::{Context as _, Result, ensure};
use e2e::{
    ANY_ORIGIN, Embed, Engine, Frame, Frames, Header, Host, HostName, HostPage, Page, Policy, Scripts, Serving, Session, Site,
    Storage,
};
use serde_json::json;

/// What holds the page until the app takes over.
const STATIC: &str = "#prerendered";

/// The centrepiece, and one of the labs whose result is times.
const LABS: [&str; 3] = ["latency-budget", "serialization", "layout"];

/// A host's habits, and the site's.
#[derive(Clone, Copy)]
struct Case {
    page: HostPage,
    policy: Policy,
    name: HostName,
    sandbox: Option<&'static str>,
    allow: Option<&'static str>,
    headers: &'static [Header],
    storage: Storage,
    scripts: Scripts,
    frames: Frames,
    width: u32,
    embeds: u16,
    /// What the host appends to the embed's address.
    appended: &'static str,
}

/// A blog on another site that does nothing special.
const PLAIN: Case = Case {
    page: HostPage::Silent,
    policy: Policy::None,
    name: HostName::Word,
    sandbox: None,
    allow: Some("clipboard-write; fullscreen"),
    headers: &[],
    storage: Storage::Allowed,
    scripts: Scripts::On,
    frames: Frames::Together,
    width: 720,
    embeds: 1,
    appended: "",
};

const SANDBOXED: Case = Case { sandbox: Some("allow-scripts"), headers: &[ANY_ORIGIN], ..PLAIN };

/// Its labs' results are kept in the host's frames by nobody: each is looked at as it stands.
fn in_case(engine: Engine, case: Case, look: &impl AsyncFn(&Page, &Site, &str) -> Result<()>) -> Result<()> {
    let site = Site::serve(Serving { headers: case.headers.to_vec(), ..Serving::default() })?;
    site.registry.embeds()?;
    Session { engine, storage: case.storage, scripts: case.scripts, frames: case.frames, ..Session::default() }.drive(
        async |page| {
            for lab in LABS {
                let address = site.address(&site.registry.embed(lab)?.route()) + case.appended;
                let frame = Frame { width: case.width, sandbox: case.sandbox, allow: case.allow, ..Frame::of(address) };
                let frames = vec![frame; usize::from(case.embeds)];
                let host = Host::start(case.name, case.page, case.policy, &frames)?;
                page.open_host(&host.address()).await?;
                look(page, &site, lab).await.with_context(|| lab.to_owned())?;
            }
            Ok(())
        },
    )
}

/// Everything that must hold before the click, then the click, then everything that must hold after it.
fn runs(engine: Engine, case: Case) -> Result<()> {
    in_case(engine, case, &async |page, site, lab| {
        let embed = page.embed(0);
        let (before, entries) = (site.bundles_asked_for().len(), page.eval::<u32>("history.length").await?);
        embed.ready().await?;
        shows_the_recorded_run(embed, site, lab).await?;
        let asked = site.bundles_asked_for();
        ensure!(asked.len() == before, "a bundle was fetched before the click: {asked:?}");
        ensure!(embed.state(lab).await? == "idle", "it is “{}” before the click", embed.state(lab).await?);
        ensure_fits(embed).await?;
        ensure!(page.eval::<bool>("document.activeElement === document.body").await?, "the embed took the focus");
        embed.run(lab).await?;
        ensure!(site.bundles_asked_for().len() > before, "it ran without a bundle");
        embed.within(async |page| page.soon("the badge live", "document.querySelector('[data-provenance=live]')").await).await?;
        ensure_fits(embed).await?;
        let now: u32 = page.eval("history.length").await?;
        ensure!(now == entries, "the embed made {entries} entries of the history {now}");
        for other in 1..case.embeds {
            let state = page.embed(other).state(lab).await?;
            ensure!(state == "idle", "running the first embed made embed {other} “{state}”");
        }
        Ok(())
    })
}

/// The recorded picture with its finding, and the way to the full lab.
async fn shows_the_recorded_run(embed: Embed<'_>, site: &Site, lab: &str) -> Result<()> {
    let full = site.address(&site.registry.lab(lab)?.route);
    let timed = site.registry.lab(lab)?.timed;
    embed
        .within(async |page| {
            let shown: Vec<String> = page
                .eval(&format!(
                    "((root) => {{
                       const seen = (selector) => [...root.querySelectorAll(selector)].some((one) => one.checkVisibility() && one.getBoundingClientRect().height > 0);
                       const full = root.querySelector('a[data-action=open-full]');
                       const lacks = [];
                       if (!seen({})) lacks.push('a picture');
                       if (!/\\d/.test(root.innerText)) lacks.push('a number');
                       if (!seen('.finding, [data-finding]')) lacks.push('a finding');
                       if (!seen('a[data-action=open-full]')) lacks.push('a link to the full lab that can be seen');
                       else if (full.href.split(/[?#]/)[0] !== {}) lacks.push('a link to the full lab that leads there: ' + full.href);
                       if (root.dataset.embed !== {}) lacks.push('its slug: ' + root.dataset.embed);
                       return lacks;
                     }})(document.querySelector('{}'))",
                    json!(if timed { "svg, .bar, [role=img]" } else { "table" }),
                    json!(full),
                    json!(lab),
                    Embed::ROOT
                ))
                .await?;
            ensure!(shown.is_empty(), "the embed lacks {}", shown.join(", "));
            Ok(())
        })
        .await
}

/// It fits its frame's width, and its ids are its own.
async fn ensure_fits(embed: Embed<'_>) -> Result<()> {
    let (stray, twice) = embed
        .within(async |page| {
            let twice: Vec<String> = page
                .eval(
                    "[...document.querySelectorAll('[id]')].map((one) => one.id).filter((id, at, all) => all.indexOf(id) !== at)",
                )
                .await?;
            Ok((page.sticking_out().await?, twice))
        })
        .await?;
    ensure!(stray.is_empty(), "it is wider than its frame: {stray:?}");
    ensure!(twice.is_empty(), "ids are there twice: {twice:?}");
    Ok(())
}

/// What is there when no script of the site's could run: seen by the driver, which needs none.
fn shows_statically(engine: Engine, case: Case) -> Result<()> {
    in_case(engine, case, &async |page, site, lab| {
        let embed = page.embed(0);
        shows_the_recorded_run(embed, site, lab).await?;
        embed
            .within(async |page| {
                let found: Vec<String> = page.texts(STATIC).await?;
                ensure!(found.iter().any(|text| text.contains(|one: char| one.is_ascii_digit())), "{STATIC} says {found:?}");
                let dead: bool = page
                    .eval("[...document.querySelectorAll('button')].some((one) => one.checkVisibility() && !one.disabled)")
                    .await?;
                ensure!(!dead, "it shows buttons that nothing answers");
                Ok(())
            })
            .await?;
        ensure!(site.bundles_asked_for().is_empty(), "bundles were fetched: {:?}", site.bundles_asked_for());
        // The way to the full lab is no dead link: where no tab can be opened, the frame itself goes there.
        let full = site.address(&site.registry.lab(lab)?.route);
        embed
            .within(async |page| {
                page.click("a[data-action=open-full]").await?;
                page.soon(
                    "the full lab",
                    &format!("location.href.split(/[?#]/)[0] === {} && document.querySelector('h1')", json!(full)),
                )
                .await
            })
            .await?;
        // That the browser refused the scripts is what the case is about.
        let errors = page.take_console_errors().await?;
        let other: Vec<_> = errors.iter().filter(|error| !error.contains("CORS") && !error.contains("ERR_FAILED")).collect();
        ensure!(other.is_empty(), "the console holds errors: {other:?}");
        Ok(())
    })
}

/// What may be seen of a lab with `ui=chart`.
const OF_CHART: &str = ".finding, .budget-figure, .time-bars, .figure-table, .link-note, noscript";

/// The frame's first paint is what its address asks for, and what the app puts there stands where that stood.
fn looks_at_once_as_asked(engine: Engine, case: Case) -> Result<()> {
    let site = Site::serve(Serving { headers: case.headers.to_vec(), ..Serving::default() })?;
    Session { engine, ..Session::default() }.drive(async |page| {
        for lab in LABS {
            site.hold_back();
            let address = site.address(&site.registry.embed(lab)?.route()) + "?ui=full&ui=chart&theme=dark&scale=1.5&run=off";
            let frame = Frame { sandbox: case.sandbox, ..Frame::of(address) };
            let host = Host::start(case.name, case.page, case.policy, &[frame])?;
            page.open_host(&host.address()).await?;
            let seen = async || -> Result<(Vec<String>, f64, String, f64)> {
                page.embed(0)
                    .within(async |page| {
                        page.eval(&format!(
                            "((root) => [
                               [...root.querySelectorAll('.lab > *')].filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 0 && !one.matches('{OF_CHART}')).map((one) => one.outerHTML.slice(0, 80)),
                               root.getBoundingClientRect().height,
                               getComputedStyle(document.body).backgroundColor + getComputedStyle(document.documentElement).backgroundColor,
                               parseFloat(getComputedStyle(document.documentElement).fontSize),
                             ])(document.querySelector('{}'))",
                            Embed::ROOT
                        ))
                        .await
                    })
                    .await
            };
            page.embed(0)
                .within(async |page| page.soon("what is prerendered", &format!("document.querySelector('{STATIC} .finding')")).await)
                .await?;
            let (too_much, before, ground, letters) = seen().await?;
            ensure!(too_much.is_empty(), "{lab}: before the app comes ui=chart shows {too_much:?}");
            site.let_go();
            page.embed(0)
                .within(async |page| {
                    page.soon("the app", &format!("!document.querySelector('{STATIC}') && document.querySelector('.finding')")).await
                })
                .await?;
            let (too_much, after, ground_after, letters_after) = seen().await?;
            ensure!(too_much.is_empty(), "{lab}: ui=chart shows {too_much:?}");
            ensure!((before - after).abs() < 2.0, "{lab}: the frame's content was {before} px high and is {after}");
            ensure!((ground, letters) == (ground_after, letters_after), "{lab}: its looks change when the app comes");
        }
        Ok(())
    })
}

/// Another state than the prerendered one is never shown as if it were this one.
fn shows_no_other_state_first(engine: Engine, case: Case) -> Result<()> {
    let site = Site::serve(Serving { headers: case.headers.to_vec(), ..Serving::default() })?;
    Session { engine, ..Session::default() }.drive(async |page| {
        site.hold_back();
        let route = site.registry.embed(LABS[0])?.route();
        let frame = |query: &str| Frame { sandbox: case.sandbox, ..Frame::of(site.address(&route) + query) };
        let host = Host::start(case.name, case.page, case.policy, &[frame(""), frame("?preset=web-api"), frame("#s=AQMA")])?;
        page.open_host(&host.address()).await?;
        for (at, is_shown) in [(0, true), (1, false), (2, false)] {
            page.embed(at)
                .within(async |page| {
                    page.soon("what is prerendered", &format!("document.querySelector('{STATIC} .finding')")).await?;
                    let seen: bool = page
                        .eval("document.querySelector('.finding').checkVisibility({ visibilityProperty: true })")
                        .await?;
                    ensure!(seen == is_shown, "its finding is seen: {seen}");
                    Ok(())
                })
                .await?;
        }
        site.let_go();
        for at in 0..3 {
            page.embed(at)
                .within(async |page| {
                    page.soon("the app", &format!("!document.querySelector('{STATIC}') && document.querySelector('.finding')?.checkVisibility({{ visibilityProperty: true }})")).await
                })
                .await?;
        }
        Ok(())
    })
}

/// A test in each engine for each case.
macro_rules! matrix {
    ($($name:ident: $check:ident($case:expr);)*) => {
        mod chromium {
            use super::*;
            $(#[test] fn $name() -> Result<()> { $check(Engine::Chromium, $case) })*
        }
        mod firefox {
            use super::*;
            $(#[test] fn $name() -> Result<()> { $check(Engine::Firefox, $case) })*
        }
    };
}

matrix! {
    without_a_sandbox: runs(PLAIN);
    on_the_same_machine_s_other_port: runs(Case { name: HostName::Number, ..PLAIN });
    sandboxed: runs(SANDBOXED);
    as_the_builder_s_snippets_have_it: runs(Case { sandbox: Some("allow-scripts allow-popups allow-popups-to-escape-sandbox"), ..SANDBOXED });
    sandboxed_in_a_process_of_its_own: runs(Case { frames: Frames::Apart, ..SANDBOXED });
    sandboxed_without_the_header: shows_statically(Case { headers: &[], ..SANDBOXED });
    without_any_script: shows_statically(Case { scripts: Scripts::Off, ..PLAIN });
    with_storage_blocked: runs(Case { storage: Storage::Blocked, ..PLAIN });
    sandboxed_with_storage_blocked: runs(Case { storage: Storage::Blocked, ..SANDBOXED });
    under_a_strict_policy: runs(Case { policy: Policy::Strict, ..SANDBOXED });
    twice_in_a_page: runs(Case { embeds: 2, ..SANDBOXED });
    in_320_pixels: runs(Case { width: 320, ..SANDBOXED });
    in_a_host_that_listens: runs(Case { page: HostPage::Recorder, ..SANDBOXED });
    as_asked_from_the_first_paint: looks_at_once_as_asked(SANDBOXED);
    no_other_state_before_its_own: shows_no_other_state_first(SANDBOXED);
    as_wordpress_does_it: runs(Case { allow: None, appended: "#?secret=abc123", ..SANDBOXED });
}

/// Every embed of the registry, not only the labs above, opens by itself in a frame.
#[test]
fn every_embed_opens_sandboxed() -> Result<()> {
    let site = Site::serve(Serving { headers: vec![ANY_ORIGIN], ..Serving::default() })?;
    Session { frames: Frames::Together, ..Session::default() }.drive(async |page| {
        for entry in site.registry.embeds()? {
            let frame = Frame { sandbox: SANDBOXED.sandbox, width: 320, ..Frame::of(site.address(&entry.route())) };
            let host = Host::start(HostName::Word, HostPage::Silent, Policy::Strict, &[frame])?;
            page.open_host(&host.address()).await?;
            let look = async {
                page.embed(0).ready().await?;
                shows_the_recorded_run(page.embed(0), &site, &entry.lab).await?;
                let asked = site.bundles_asked_for();
                ensure!(asked.is_empty(), "bundles were fetched before any click: {asked:?}");
                ensure_fits(page.embed(0)).await
            };
            look.await.with_context(|| entry.route())?;
        }
        Ok(())
    })
}

/// What `ui` promises.
#[test]
fn each_ui_shows_what_it_promises() -> Result<()> {
    let site = Site::serve(Serving { headers: vec![ANY_ORIGIN], ..Serving::default() })?;
    Session { frames: Frames::Together, ..Session::default() }.drive(async |page| {
        for entry in site.registry.labs.iter().filter(|lab| lab.listed) {
            let lab = &entry.slug;
            for (ui, run, controls) in [("chart", false, false), ("min", true, false), ("full", true, true)] {
                let address = format!("{}?v=1&ui={ui}", site.address(&site.registry.embed(lab)?.route()));
                page.open_host(&address).await?;
                let root = format!("document.querySelector('{}[data-ui={ui}]')", Embed::ROOT);
                page.soon(&format!("{lab} with ui={ui}"), &format!("{root} && !document.querySelector('{STATIC}')")).await?;
                let seen =
                    |selector: &str| format!("[...{root}.querySelectorAll('{selector}')].some((one) => one.checkVisibility())");
                let has_run: bool = page.eval(&seen("[data-action=run]")).await?;
                let has_controls: bool = page.eval(&seen("select, input")).await?;
                ensure!((has_run, has_controls) == (run, controls), "{lab}, ui={ui}: Run {has_run}, controls {has_controls}");
                let picture = if entry.timed { ".time-bars svg, .budget-figure svg" } else { ".table-box table" };
                ensure!(page.eval::<bool>(&seen(picture)).await?, "{lab}, ui={ui}: there is no picture");
                ensure!(page.eval::<bool>(&seen(".finding")).await?, "{lab}, ui={ui}: there is no finding");
            }
        }
        Ok(())
    })
}
