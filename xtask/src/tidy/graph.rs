//! Dependencies point down only: the table of the design, over what `cargo metadata` says.
//!
//! Development dependencies are free: a test may use what the code may not.

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, Metadata};
use std::collections::{BTreeMap, BTreeSet};

/// What a package of ours is, for the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    Page,
    Lab,
    Worker,
    Xtask,
    /// Arithmetic and plain data, natively testable: no browser anywhere below.
    Pure,
    /// The tracing allocator, which notes what `protocol` carries.
    Tracer,
    /// Only for build scripts.
    BuildHelp,
    /// Tests and samples, on which nothing may depend.
    Proof,
    Unknown,
}

/// What build scripts may use of ours: help of their own, and the plain data in which they leave the lab what they found.
const FOR_BUILD_SCRIPTS: [&str; 2] = ["locked", "protocol"];

/// A package, as far as the rules see it.
#[derive(Clone, Debug, Default)]
pub struct Package {
    /// Whether it is of this workspace.
    pub ours: bool,
    /// The folder of its manifest, from the workspace's root.
    pub folder: String,
    /// What its code needs.
    pub needs: BTreeSet<String>,
    /// What its build script needs.
    pub build_needs: BTreeSet<String>,
}

/// By name. Two versions of one package count as one.
pub type Packages = BTreeMap<String, Package>;

/// Crates that reach into a browser.
const WEB: [&str; 6] = ["js-sys", "wasm-bindgen", "wasm-bindgen-futures", "web-sys", "leptos", "serde-wasm-bindgen"];

/// Optional dependencies that `cargo metadata` lists and no build of ours compiles: it unites the features of proc macros with those
/// of the target. `leptos_macro` uses `uuid`, which would then be rkyv's too, with wasm-bindgen behind it.
const NOT_COMPILED: [(&str, &str); 1] = [("rkyv", "uuid")];

fn layer(name: &str, package: &Package) -> Layer {
    match name {
        "ferroscope" => Layer::Page,
        "worker" => Layer::Worker,
        "xtask" => Layer::Xtask,
        "protocol" | "measure" | "budget" | "counting" | "course" | "queueing" | "units" => Layer::Pure,
        "tracer" => Layer::Tracer,
        "locked" => Layer::BuildHelp,
        "samples" | "e2e" => Layer::Proof,
        _ if package.folder.starts_with("labs/") => Layer::Lab,
        _ => Layer::Unknown,
    }
}

/// The crates of ours that a layer's code may use. `units` is everyone's.
fn allowed(layer: Layer) -> &'static [&'static str] {
    match layer {
        Layer::Page | Layer::Xtask => &["protocol", "budget", "course"],
        Layer::Lab => &["protocol", "measure", "budget", "counting", "queueing", "tracer", "worker"],
        Layer::Tracer => &["protocol"],
        Layer::Worker => &["protocol", "measure", "budget"],
        Layer::Pure | Layer::BuildHelp | Layer::Unknown => &[],
        Layer::Proof => &["protocol", "budget", "course", "measure", "data", "memory"],
    }
}

fn is_web(name: &str) -> bool {
    WEB.contains(&name) || name.starts_with("gloo") || name.starts_with("leptos_")
}

/// Every breach, as a sentence.
pub fn faults(packages: &Packages) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, package) in packages.iter().filter(|(_, package)| package.ours) {
        let layer = layer(name, package);
        if layer == Layer::Unknown {
            faults.push(format!("{name}: which layer is it? Say so in xtask/src/tidy/graph.rs"));
        }
        let is_ours = |needed: &&String| packages.get(*needed).is_some_and(|package| package.ours);
        for needed in package.needs.iter().filter(is_ours).filter(|needed| *needed != "units") {
            if !allowed(layer).contains(&needed.as_str()) {
                faults.push(format!("{name} ({}) must not use {needed}", package.folder));
            }
        }
        for needed in package.build_needs.iter().filter(is_ours).filter(|needed| !FOR_BUILD_SCRIPTS.contains(&needed.as_str())) {
            faults.push(format!("{name} ({}): its build script must not use {needed}", package.folder));
        }
        if let Some(way) = way_to_web(name, layer, packages) {
            faults.push(format!("{name} ({}) must not reach the browser: {way}", package.folder));
        }
    }
    faults
}

/// The chain by which a package that must stay free of the browser reaches it. A lab reaches it through `worker` alone.
fn way_to_web(name: &str, layer: Layer, packages: &Packages) -> Option<String> {
    let through: &[&str] = match layer {
        Layer::Page | Layer::Worker | Layer::Proof => return None,
        Layer::Lab => &["worker"],
        Layer::Xtask | Layer::Pure | Layer::Tracer | Layer::BuildHelp | Layer::Unknown => &[],
    };
    let mut seen = BTreeSet::new();
    let mut ways = vec![vec![name.to_owned()]];
    while let Some(way) = ways.pop() {
        let Some((last, package)) = way.last().and_then(|last| packages.get_key_value(last)) else { continue };
        let skipped = |needed: &&String| through.contains(&needed.as_str()) || NOT_COMPILED.contains(&(last, needed));
        for needed in package.needs.iter().filter(|needed| !skipped(needed)) {
            let mut longer = way.clone();
            longer.push(needed.clone());
            if is_web(needed) {
                return Some(longer.join(" → "));
            }
            if seen.insert(needed.clone()) {
                ways.push(longer);
            }
        }
    }
    None
}

/// The packages that Cargo resolved.
///
/// # Errors
/// The metadata lack the resolved graph.
pub fn packages(metadata: &Metadata) -> Result<Packages> {
    let resolve = metadata.resolve.as_ref().context("cargo metadata gives no resolved graph")?;
    let by_id: BTreeMap<_, _> = metadata.packages.iter().map(|package| (&package.id, package)).collect();
    let mut packages = Packages::new();
    for node in &resolve.nodes {
        let Some(package) = by_id.get(&node.id) else { continue };
        let folder = package.manifest_path.parent().and_then(|folder| folder.strip_prefix(&metadata.workspace_root).ok());
        let entry = packages.entry(package.name.to_string()).or_default();
        entry.ours |= metadata.workspace_members.contains(&node.id);
        entry.folder = folder.map(ToString::to_string).unwrap_or_default();
        for dependency in &node.deps {
            let Some(needed) = by_id.get(&dependency.pkg) else { continue };
            for kind in &dependency.dep_kinds {
                match kind.kind {
                    DependencyKind::Normal => entry.needs.insert(needed.name.to_string()),
                    DependencyKind::Build => entry.build_needs.insert(needed.name.to_string()),
                    _ => false,
                };
            }
        }
    }
    Ok(packages)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(edges: &[(&str, &str)]) -> Packages {
        let ours = [
            ("ferroscope", ""),
            ("data", "labs/data"),
            ("memory", "labs/memory"),
            ("worker", "crates/worker"),
            ("xtask", "xtask"),
            ("protocol", "crates/protocol"),
            ("measure", "crates/measure"),
            ("units", "crates/units"),
            ("locked", "crates/locked"),
        ];
        let package = |folder: &str| Package { ours: true, folder: folder.to_owned(), ..Package::default() };
        let mut packages: Packages = ours.map(|(name, folder)| (name.to_owned(), package(folder))).into();
        for (from, to) in edges {
            packages.entry((*to).to_owned()).or_default();
            packages.entry((*from).to_owned()).or_default().needs.insert((*to).to_owned());
        }
        packages
    }

    #[test]
    fn the_design_s_own_graph_has_no_fault() {
        let packages = workspace(&[
            ("ferroscope", "protocol"),
            ("ferroscope", "leptos"),
            ("leptos", "web-sys"),
            ("data", "worker"),
            ("data", "measure"),
            ("worker", "web-sys"),
            ("worker", "protocol"),
            ("protocol", "units"),
            ("xtask", "protocol"),
        ]);
        assert_eq!(faults(&packages), Vec::<String>::new());
    }

    #[test]
    fn each_breach_is_seen() {
        let breaches = [
            ("ferroscope", "data"),
            ("ferroscope", "measure"),
            ("ferroscope", "worker"),
            ("data", "memory"),
            ("data", "web-sys"),
            ("protocol", "measure"),
            ("measure", "js-sys"),
            ("worker", "data"),
            ("xtask", "measure"),
            ("protocol", "locked"),
            ("units", "gloo-timers"),
        ];
        for breach in breaches {
            let faults = faults(&workspace(&[breach]));
            assert_eq!(faults.len(), 1, "{breach:?}: {faults:?}");
            assert!(faults[0].contains(breach.0) && faults[0].contains(breach.1), "{faults:?}");
        }
    }

    #[test]
    fn the_browser_is_found_behind_other_crates() {
        let faults = faults(&workspace(&[("measure", "rand"), ("rand", "getrandom"), ("getrandom", "js-sys")]));
        assert_eq!(faults, ["measure (crates/measure) must not reach the browser: measure → rand → getrandom → js-sys"]);
    }

    #[test]
    fn what_no_build_compiles_is_passed_over() {
        assert_eq!(faults(&workspace(&[("measure", "rkyv"), ("rkyv", "uuid"), ("uuid", "wasm-bindgen")])), Vec::<String>::new());
        assert_eq!(faults(&workspace(&[("measure", "uuid"), ("uuid", "wasm-bindgen")])).len(), 1);
    }

    #[test]
    fn build_scripts_use_locked_and_protocol_alone() {
        let mut packages = workspace(&[]);
        let data = packages.get_mut("data").unwrap();
        data.build_needs = ["locked".to_owned(), "protocol".to_owned(), "measure".to_owned(), "cc".to_owned()].into();
        assert_eq!(faults(&packages), ["data (labs/data): its build script must not use measure"]);
    }

    #[test]
    fn a_new_package_must_be_given_a_layer() {
        let mut packages = workspace(&[]);
        packages.insert("gadget".to_owned(), Package { ours: true, folder: "crates/gadget".to_owned(), ..Package::default() });
        assert!(faults(&packages)[0].contains("which layer"));
    }
}
