//! Every program that the site runs is what its build made: one flipped byte of it is refused, in words, and the rest works.

use anyhow::{Context as _, Result, ensure};
use e2e::{Engine, Lab, Session, Site};
use std::fs;

/// The lab that is opened, and its page.
const LAB: (&str, &str) = ("arena", "/labs/arena/");

/// What is damaged, and where that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Damage {
    /// A file without which the app does not come: how its name begins and ends.
    OfPage(&'static str, &'static str),
    /// The worker's glue or its Wasm.
    OfWorker(&'static str),
}

const DAMAGES: [Damage; 7] = [
    Damage::OfPage("boot-", ".js"),
    // The glue is the one script of the page's with nothing after its hash.
    Damage::OfPage("ferroscope-", ".js"),
    Damage::OfPage("ferroscope-", "-views.js"),
    Damage::OfPage("ferroscope-", "_bg.wasm"),
    Damage::OfPage("ferroscope-", "-split_heap.wasm"),
    Damage::OfWorker(".js"),
    Damage::OfWorker(".wasm"),
];

impl Damage {
    /// The damaged file, from the site's root.
    fn file(self, site: &Site) -> Result<String> {
        match self {
            Self::OfPage(begin, end) => {
                let copy = site.copy()?;
                let names = fs::read_dir(copy.path())?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
                let is_meant = |name: &String| {
                    let middle = name.strip_prefix(begin).and_then(|rest| rest.strip_suffix(end));
                    middle.is_some_and(|middle| middle.bytes().all(|letter| letter.is_ascii_hexdigit()))
                };
                names.into_iter().find(is_meant).with_context(|| format!("the site has no {begin}…{end}"))
            }
            Self::OfWorker(end) => {
                let bundles = site.registry.bundles.iter().flat_map(|bundle| [&bundle.js, &bundle.wasm]);
                let mut own = bundles.filter(|file| file.starts_with("workers/memory-") && file.ends_with(end));
                own.next().cloned().context("the registry names no worker of that lab")
            }
        }
    }
}

fn is_refused(engine: Engine, damage: Damage) -> Result<()> {
    let site = Site::start("")?;
    let (copy, file) = (site.copy()?, damage.file(&site)?);
    let path = copy.path().join(&file);
    let mut bytes = fs::read(&path)?;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes)?;
    site.show(copy.path());
    let whole = site.copy()?;
    let (lab, route) = LAB;
    Session { engine, ..Session::default() }.drive(async |page| {
        match damage {
            Damage::OfPage(..) => {
                page.open_outside(&site.address(route)).await?;
                // That it is still on its way would be no refusal.
                let said = "[...document.querySelectorAll('[role=alert], .late')].some((one) => /could not start|did not arrive/.test(one.textContent))";
                page.soon("that it was refused", said).await?;
                let stays = "document.querySelector('#prerendered h1') && !document.documentElement.dataset.app";
                ensure!(page.eval::<Option<bool>>(stays).await? == Some(true), "the page was taken away");
                site.show(whole.path());
                page.reload().await?;
            }
            Damage::OfWorker(_) => {
                page.open(&site.address(route)).await?;
                let lab = Lab::on(page, lab).await?;
                page.choose(&lab.within("select[name=nodes]"), "100").await?;
                lab.press("run").await?;
                let state = lab.ended().await?;
                ensure!(state == "failed", "a damaged worker’s run ended as “{state}”");
                page.soon("the failure in words", "document.querySelector('[data-failure=bundle] p')?.textContent").await?;
                site.show(whole.path());
            }
        }
        let lab = Lab::on(page, lab).await?;
        page.choose(&lab.within("select[name=nodes]"), "100").await?;
        lab.run().await?;
        // The refusals stand on the console, as they should.
        page.take_console_errors().await.map(drop)
    })
}

fn all_are_refused(engine: Engine) -> Result<()> {
    let faults: Vec<String> = DAMAGES
        .into_iter()
        .filter_map(|damage| is_refused(engine, damage).err().map(|error| format!("{damage:?}: {error:#}")))
        .collect();
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

#[test]
fn a_flipped_byte_is_refused_in_words_in_chromium() -> Result<()> {
    all_are_refused(Engine::Chromium)
}

#[test]
fn a_flipped_byte_is_refused_in_words_in_firefox() -> Result<()> {
    all_are_refused(Engine::Firefox)
}
