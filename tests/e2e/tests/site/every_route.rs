//! Every route of the registry, in both themes and on the narrowest phone.

use anyhow::{Result, ensure};
use e2e::{Machine, Page, Site, audit, drive};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a route, gathered so that one run shows it all.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn add(&mut self, place: &str, found: impl IntoIterator<Item = String>) {
        self.0.extend(found.into_iter().map(|what| format!("{place}: {what}")));
    }

    fn none(self) -> Result<()> {
        ensure!(self.0.is_empty(), "{} faults:\n{}", self.0.len(), self.0.join("\n"));
        Ok(())
    }
}

async fn look(page: &Page, place: &str, faults: &mut Faults) -> Result<()> {
    faults.add(place, audit(page).await?);
    // Most refusals stand on the console as well; those of a policy that only reports do not.
    faults.add(place, page.violations().await?);
    // After the audit, so that what the page fetched of its own accord has come or failed.
    faults.add(place, page.take_console_errors().await?);
    if let Err(error) = page.ensure_quiet().await {
        faults.add(place, [error.to_string()]);
    }
    Ok(())
}

fn in_theme(theme: &'static str) -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.prefer_theme(theme).await?;
        let mut faults = Faults::default();
        for route in &site.registry.routes {
            page.open(&site.address(route)).await?;
            look(page, &format!("{route} ({theme})"), &mut faults).await?;
        }
        faults.none()
    })
}

#[test]
fn light() -> Result<()> {
    in_theme("light")
}

#[test]
fn dark() -> Result<()> {
    in_theme("dark")
}

/// 320 pixels is what a page 1280 wide has left at 400 % zoom (WCAG 1.4.10).
#[test]
fn narrow() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        let mut faults = Faults::default();
        for route in &site.registry.routes {
            let place = format!("{route} (320 wide)");
            page.open(&site.address(route)).await?;
            page.resize(320, 640).await?;
            faults.add(&place, page.sticking_out().await?);
            look(page, &place, &mut faults).await?;
        }
        faults.none()
    })
}

/// What every page may load and run. The second copy of `POLICY` in `xtask/src/html.rs`, on purpose: whoever loosens it says so twice.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob: data:; connect-src 'self' blob: data:; \
    style-src 'self'; img-src 'self' data: blob:; font-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'";

/// The one thing more that a page may run: the script that it holds itself, by its hash; none in embeds.
const HASH: &str = " 'sha256-";

#[test]
fn every_page_has_the_policy_and_nothing_looser() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        let (mut faults, mut hashes) = (Faults::default(), BTreeSet::new());
        for route in &site.registry.routes {
            page.open(&site.address(route)).await?;
            let policies: Vec<String> = page
                .eval("[...document.querySelectorAll('meta[http-equiv=Content-Security-Policy]')].map((one) => one.content)")
                .await?;
            let [policy] = policies.as_slice() else {
                faults.add(route, [format!("{} policies", policies.len())]);
                continue;
            };
            let mut plain = policy.clone();
            if let Some((before, rest)) = policy.split_once(HASH) {
                let (hash, after) = rest.split_once('\'').unwrap_or((rest, ""));
                plain = format!("{before}{after}");
                hashes.insert(hash.to_owned());
            }
            if plain != POLICY {
                faults.add(route, [policy.clone()]);
            }
        }
        ensure!(hashes.len() == 1, "pages hold scripts of their own: {hashes:?}");
        faults.none()
    })
}

#[derive(serde::Deserialize)]
struct Link {
    address: String,
    fragment: String,
}

#[test]
fn every_link_leads_somewhere() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        let mut faults = Faults::default();
        let mut links: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
        let mut ids: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for route in &site.registry.routes {
            page.open(&site.address(route)).await?;
            if route == "/" {
                for listed in site.registry.listed() {
                    let address = site.address(listed);
                    page.soon(
                        &format!("home to lead to {listed}"),
                        &format!("[...document.links].some((one) => one.href === '{address}')"),
                    )
                    .await?;
                }
            }
            let found: Vec<Link> = page
                .eval("[...document.links].map((one) => ({ address: one.href.split('#')[0], fragment: one.hash.slice(1) }))")
                .await?;
            ensure!(!found.is_empty(), "{route} has no link");
            ids.insert(route.clone(), page.eval("[...document.querySelectorAll('[id]')].map((one) => one.id)").await?);
            for Link { address, fragment } in found {
                // A page's links to itself (the skip link is one) lead nobody to it.
                if let Some(target) = site.route(&address).filter(|target| target != route || !fragment.is_empty()) {
                    links.entry(target.to_owned()).or_default().insert((fragment, route.clone()));
                }
            }
        }
        for (target, fragments) in &links {
            let Some(ids) = ids.get(target) else {
                faults.add(
                    target,
                    [format!("no such route; linked from {:?}", fragments.iter().map(|(_, from)| from).collect::<Vec<_>>())],
                );
                continue;
            };
            // `s=` is a lab's state and no place.
            let is_place = |fragment: &str| !fragment.is_empty() && !fragment.starts_with("s=");
            let lost = fragments.iter().filter(|(fragment, _)| is_place(fragment) && !ids.contains(fragment));
            faults.add(target, lost.map(|(fragment, from)| format!("holds no #{fragment}; linked from {from}")));
        }
        // What stands in a frame is reached from other people's pages.
        let embeds = site.registry.routes.iter().filter(|route| route.starts_with("/embed/") && *route != "/embed/");
        let embeds: BTreeSet<_> = embeds.collect();
        for route in site.registry.routes.iter().filter(|route| !embeds.contains(route)) {
            let is_listed = !site.registry.labs.iter().any(|lab| lab.route == *route && !lab.listed);
            let is_linked = links.get(route).is_some_and(|from| from.iter().any(|(_, from)| from != route));
            ensure!(is_linked == is_listed, "{route}: listed is {is_listed}, but links to it say otherwise");
        }
        faults.none()
    })
}

#[test]
fn an_unknown_address_says_so_and_leads_home() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for route in ["/nothing/", "/lessons/data/nothing/", "/pillars/nothing/"] {
            page.open_outside(&site.address(route)).await?;
            let home = site.address("/");
            page.soon(
                "a link home",
                &format!("[...document.links].some((one) => one.href === '{home}' && one.checkVisibility())"),
            )
            .await?;
            // The server's own answer, and nothing else.
            let errors = page.take_console_errors().await?;
            ensure!(errors.iter().all(|error| error.contains("404")), "{route}: {errors:?}");
        }
        Ok(())
    })
}
