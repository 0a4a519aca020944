//! The site without a network, its releases one after another, and what happens where nothing may be kept.

use anyhow::{Context as _, Result, ensure};
use e2e::{Engine, Frame, Host, HostName, HostPage, Lab, Machine, OTHER_BUILD, Page, Policy, Session, Site, drive, drive_with};
use std::{fs, time::Duration};

/// Everything is fetched and counted in that time, on a machine that has other work to do.
const SAVED: Duration = Duration::from_mins(2);

/// What retires a service worker, as `cargo xtask serve` serves it.
const RETIRED: &str = include_str!("../../../../xtask/assets/sw-retired.js");

/// The names of this origin's caches, one a release.
const CACHES: &str = "caches.keys()";

/// Waits until the foot of the page says so.
async fn says(page: &Page, state: &str) -> Result<()> {
    let expression = format!("document.querySelector('[data-offline]')?.dataset.offline === '{state}'");
    page.until::<bool>(&format!("data-offline={state}"), &expression, SAVED).await.map(drop)
}

/// Opens a page for the first time, and waits until the site needs no network any more.
async fn save(page: &Page, address: &str) -> Result<()> {
    page.open(address).await?;
    says(page, "ready").await
}

/// Has the browser look for a new release.
async fn look_for_release(page: &Page) -> Result<()> {
    let _: bool = page.eval_async("navigator.serviceWorker.ready.then((one) => one.update()).then(() => true)").await?;
    Ok(())
}

/// The build that the page's foot names.
async fn build(page: &Page) -> Result<String> {
    let foot = page.text(".site-footer").await?;
    let (_, rest) = foot.split_once("Build ").with_context(|| foot.clone())?;
    Ok(rest.split('.').next().unwrap_or_default().to_owned())
}

fn without_a_network(engine: Engine, base: &'static str) -> Result<()> {
    let site = Site::start(base)?;
    Session { engine, ..Session::default() }.drive(async |page| {
        save(page, &site.address("/")).await?;
        site.go_away();
        // Firefox's driver loads anew past every service worker, as its readers do with Shift.
        if engine == Engine::Chromium {
            page.reload().await?;
        }
        for route in &site.registry.routes {
            page.open(&site.address(route)).await.with_context(|| format!("{route} without a network"))?;
        }
        // A link that someone typed without its last slash, with a query, with a place on the page.
        page.open(&site.address("/lessons/data/zero-copy?a=1#x")).await?;
        let address = page.address().await?;
        ensure!(address.ends_with("/lessons/data/zero-copy/?a=1#x"), "{address}");
        page.soon("the lesson", "document.querySelector('article.lesson')").await?;
        for lab in ["self-test", "arena"] {
            page.open(&site.address(&format!("/labs/{lab}/"))).await?;
            Lab::on(page, lab).await?.run().await?;
        }
        says(page, "ready").await
    })
}

#[test]
fn after_the_first_visit_everything_works_without_a_network() -> Result<()> {
    without_a_network(Engine::Chromium, "")
}

#[test]
fn so_it_does_in_firefox() -> Result<()> {
    without_a_network(Engine::Firefox, "")
}

#[test]
fn so_it_does_under_a_sub_path() -> Result<()> {
    without_a_network(Engine::Chromium, "/a/b")
}

#[test]
fn what_is_not_of_the_site_is_the_network_s_business() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        save(page, &site.address("/")).await?;
        page.open_outside(&site.address("/nothing/")).await?;
        page.soon("the page for unknown addresses", "document.title.startsWith('Not found')").await?;
        let status: u16 = page.eval("performance.getEntriesByType('navigation')[0].responseStatus").await?;
        ensure!(status == 404, "an unknown address has status {status}");
        let status: u16 = page.eval_async("fetch('/no-such-file-0123456789abcdef.js').then((one) => one.status)").await?;
        ensure!(status == 404, "an unknown file has status {status}");
        // Both misses stand on the console, as they should.
        let errors = page.take_console_errors().await?;
        ensure!(errors.iter().all(|error| error.contains("404")), "{errors:?}");
        Ok(())
    })
}

#[test]
fn without_a_network_an_unknown_address_is_one_all_the_same() -> Result<()> {
    let site = Site::start("/a/b")?;
    drive(Machine::Shared, async |page| {
        save(page, &site.address("/")).await?;
        site.go_away();
        page.open_outside(&site.address("/lessons/data/nothing/")).await?;
        page.soon("the page for unknown addresses", "document.title.startsWith('Not found')").await?;
        let status: u16 = page.eval("performance.getEntriesByType('navigation')[0].responseStatus").await?;
        ensure!(status == 404, "an unknown address has status {status}");
        let home = site.address("/");
        page.soon("a link home", &format!("[...document.links].some((one) => one.href === '{home}' && one.checkVisibility())"))
            .await?;
        // That the network is gone stands on the console, as does the miss.
        page.take_console_errors().await.map(drop)
    })
}

#[test]
fn the_site_can_be_installed() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        save(page, &site.address("/")).await?;
        let answer = page.command("Page.getInstallabilityErrors", serde_json::json!({})).await?;
        let errors = answer["installabilityErrors"].as_array().cloned().context("Chromium says nothing of it")?;
        // A test's profile is as private as Chromium has them where it is headless.
        let faults: Vec<_> = errors.iter().filter(|error| error["errorId"] != "in-incognito").collect();
        ensure!(faults.is_empty(), "{faults:?}");
        Ok(())
    })
}

#[test]
fn a_cache_that_is_gone_as_a_whole_heals() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        save(page, &site.address("/")).await?;
        let harm = "caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))).then((gone) => gone.length > 0)";
        ensure!(page.eval_async::<bool>(harm).await?, "nothing was kept");
        page.reload().await?;
        says(page, "ready").await?;
        site.go_away();
        page.open(&site.address("/labs/self-test/")).await?;
        Lab::on(page, "self-test").await?.run().await
    })
}

#[test]
fn a_new_release_is_offered_and_taken_only_when_asked_for() -> Result<()> {
    let site = Site::start("")?;
    let other = site.other_release()?;
    drive(Machine::Shared, async |page| {
        save(page, &site.address("/")).await?;
        site.show(other.path());
        page.reload().await?;
        says(page, "new-release").await?;
        ensure!(build(page).await? == site.registry.build, "the new release came unasked");
        page.reload().await?;
        says(page, "new-release").await?;
        ensure!(build(page).await? == site.registry.build, "the new release came by a reload");
        page.click("[data-action=offline]").await?;
        page.soon("the new build", &format!("document.querySelector('.site-footer').innerText.includes('{OTHER_BUILD}')"))
            .await?;
        says(page, "ready").await?;
        let caches: Vec<String> = page.eval_async(CACHES).await?;
        ensure!(caches.len() == 1, "the old release is still kept: {caches:?}");
        // Of the new release everything is there, though the reader saw but one page of it.
        site.go_away();
        page.open(&site.address("/labs/self-test/")).await?;
        ensure!(build(page).await? == OTHER_BUILD, "the old release came back");
        Lab::on(page, "self-test").await?.run().await
    })
}

#[test]
fn a_page_of_the_old_release_keeps_its_own_files_when_another_tab_goes_over() -> Result<()> {
    let site = Site::start("")?;
    let other = site.other_release()?;
    drive(Machine::Shared, async |page| {
        save(page, &site.address("/labs/self-test/")).await?;
        site.show(other.path());
        page.in_another_tab(async || {
            page.open(&site.address("/")).await?;
            look_for_release(page).await?;
            says(page, "new-release").await?;
            page.click("[data-action=offline]").await?;
            page.soon("the new build", &format!("document.querySelector('.site-footer').innerText.includes('{OTHER_BUILD}')"))
                .await?;
            says(page, "ready").await
        })
        .await?;
        ensure!(build(page).await? == site.registry.build, "this tab was reloaded unasked");
        says(page, "new-release").await?;
        // Its worker is fetched only now; the host has none of that name any more.
        Lab::on(page, "self-test").await?.run().await?;
        page.click("[data-action=offline]").await?;
        page.soon("the new build", &format!("document.querySelector('.site-footer').innerText.includes('{OTHER_BUILD}')"))
            .await?;
        says(page, "ready").await?;
        Lab::on(page, "self-test").await?.run().await
    })
}

#[test]
fn a_host_that_has_moved_on_gives_no_file_of_its_release_to_a_page_of_the_old_one() -> Result<()> {
    let site = Site::start("")?;
    // A name that holds no hash, with other content, and nothing that announces a release.
    let changed = site.copy()?;
    fs::write(changed.path().join("registry.json"), "{}")?;
    drive(Machine::Shared, async |page| {
        save(page, &site.address("/")).await?;
        site.show(changed.path());
        let evicted =
            "caches.keys().then(([name]) => caches.open(name)).then((one) => one.delete(new URL('registry.json', location)))";
        ensure!(page.eval_async::<bool>(evicted).await?, "the registry was not kept");
        let refused: bool = page.eval_async("fetch('registry.json').then(() => false, () => true)").await?;
        ensure!(refused, "a page of one release was given a file of another");
        page.take_console_errors().await?;
        Ok(())
    })
}

#[test]
fn evicted_and_damaged_files_heal() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        save(page, &site.address("/")).await?;
        // The page's own module is damaged at its length, the start page is cut off, the workers are gone.
        let harm = "caches.keys().then(([name]) => caches.open(name)).then(async (one) => {
            for (const { url } of await one.keys()) {
              const { pathname } = new URL(url);
              const kept = await one.match(url);
              const put = (body) => one.put(url, new Response(body, { headers: kept.headers }));
              if (pathname === '/') await put('<!doctype html>');
              else if (/^.ferroscope-.*wasm$/.test(pathname)) await put(new Uint8Array((await kept.arrayBuffer()).byteLength));
              else if (pathname.startsWith('/workers/')) await one.delete(url);
            }
            return true;
          })";
        ensure!(page.eval_async::<bool>(harm).await?);
        page.reload().await?;
        says(page, "ready").await?;
        site.go_away();
        page.open(&site.address("/labs/self-test/")).await?;
        Lab::on(page, "self-test").await?.run().await
    })
}

#[test]
fn what_the_host_lacks_is_said_and_never_called_ready() -> Result<()> {
    let site = Site::start("")?;
    let broken = site.copy()?;
    let registry: serde_json::Value = serde_json::from_slice(&fs::read(broken.path().join("registry.json"))?)?;
    let recorded = registry["labs"].as_array().and_then(|labs| labs.iter().find_map(|lab| lab["recordings"].as_str()));
    let missing = recorded.context("the registry names no recordings")?.to_owned();
    fs::remove_file(broken.path().join(&missing))?;
    site.show(broken.path());
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/")).await?;
        says(page, "failed").await?;
        let words = page.text("[data-offline]").await?;
        ensure!(words.contains(&missing), "{words}");
        page.take_console_errors().await?;
        let whole = site.copy()?;
        site.show(whole.path());
        page.reload().await?;
        says(page, "ready").await
    })
}

/// As a phone says it whose owner saves data.
const SAVE_DATA: &str = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });";

#[test]
fn where_data_is_saved_nothing_is_fetched_until_the_reader_says_so() -> Result<()> {
    let site = Site::start("")?;
    drive_with(Machine::Shared, &[SAVE_DATA], async |page| {
        page.open(&site.address("/")).await?;
        says(page, "save-data").await?;
        let asked = site.asked_for();
        ensure!(!asked.iter().any(|path| path.contains("sw.js") || path.contains("workers/")), "{asked:?}");
        let label = page.text("[data-action=offline]").await?;
        ensure!(label.contains("MB"), "{label}");
        page.click("[data-action=offline]").await?;
        says(page, "ready").await?;
        site.go_away();
        page.reload().await?;
        says(page, "ready").await
    })
}

/// Why nothing can be kept, as each kind of browser or address says it.
const DENIED: [&str; 3] = [
    "delete Navigator.prototype.serviceWorker;",
    "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get() { throw new DOMException('denied', 'SecurityError'); } });",
    "if (self.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('denied', 'SecurityError'));",
];

#[test]
fn where_nothing_may_be_kept_the_page_says_so_and_works() -> Result<()> {
    for denied in DENIED {
        let site = Site::start("")?;
        drive_with(Machine::Shared, &[denied], async |page| {
            page.open(&site.address("/labs/self-test/")).await?;
            says(page, "unsupported").await?;
            Lab::on(page, "self-test").await?.run().await
        })
        .with_context(|| denied.to_owned())?;
    }
    Ok(())
}

#[test]
fn an_embed_registers_nothing_in_a_frame_or_on_its_own() -> Result<()> {
    let site = Site::start("")?;
    let embed = site.address("/embed/arena/");
    let host = Host::start(HostName::Word, HostPage::Silent, Policy::None, &[Frame::of(embed.clone())])?;
    drive(Machine::Shared, async |page| {
        page.open_outside(&host.address()).await?;
        page.open_outside(&embed).await?;
        page.soon("the embed", "document.querySelector('[data-lab]')?.dataset.state && document.readyState === 'complete'")
            .await?;
        // What a page does when it is idle it has done when a later idle moment comes.
        let _: bool =
            page.eval_async("new Promise((done) => requestIdleCallback(() => requestIdleCallback(() => done(true))))").await?;
        let found: usize = page.eval_async("navigator.serviceWorker.getRegistrations().then((all) => all.length)").await?;
        ensure!(found == 0, "{found} service workers");
        let asked = site.asked_for();
        ensure!(!asked.iter().any(|path| path.contains("sw.js")), "{asked:?}");
        Ok(())
    })
}

#[test]
fn no_page_in_a_frame_registers_anything() -> Result<()> {
    let site = Site::start("")?;
    let host = Host::start(HostName::Word, HostPage::Silent, Policy::None, &[Frame::of(site.address("/"))])?;
    drive(Machine::Shared, async |page| {
        page.open_outside(&host.address()).await?;
        page.embed(0).within(async |page| says(page, "unsupported").await).await?;
        let asked = site.asked_for();
        ensure!(!asked.iter().any(|path| path.contains("sw.js")), "{asked:?}");
        Ok(())
    })
}

#[test]
fn a_site_that_is_worked_on_retires_what_an_earlier_build_left() -> Result<()> {
    let site = Site::start("")?;
    let served = site.copy()?;
    fs::write(served.path().join("sw.js"), RETIRED)?;
    drive(Machine::Shared, async |page| {
        save(page, &site.address("/")).await?;
        site.show(served.path());
        look_for_release(page).await?;
        let gone = "(async () => {
            while ((await caches.keys()).length > 0 || (await navigator.serviceWorker.getRegistrations()).length > 0)
              await new Promise(requestAnimationFrame);
            return true;
          })()";
        page.eval_async::<bool>(gone).await.map(drop)
    })
}
