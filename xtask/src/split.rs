//! The page's Wasm in pieces: what every route needs, and one piece for each group of views that are fetched on need.
//!
//! Trunk knows nothing of this, so its own module of the page is replaced: the linker's output is split at the functions marked with
//! `wasm_split` in `src/`, and only then goes through wasm-bindgen and wasm-opt. It compiles no Rust and changes no code.

mod pack;

use self::pack::Pack;
use crate::build::Mode;
use crate::bundles::{self, Module};
use crate::html::integrity;
use crate::process::{command, run};
use crate::workspace;
use anyhow::{Context, Result, anyhow, ensure};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The page's own name in every file of it.
const NAME: &str = "ferroscope";
/// The name of the file of all small pieces.
const PACK: &str = "chunk_pack";
/// What the splitter calls the script that fetches pieces.
const LINKS: &str = "__wasm_split.js";
/// Named one by one: `--all-features` makes modules that browsers refuse. The same list stands in `index.html` for the workers.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// The page's module and its pieces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// What starts the page.
    #[serde(flatten)]
    pub main: Module,
    /// The script that fetches pieces, from the site's root.
    pub links: String,
    /// For the preload of that script by `boot.js`.
    pub links_integrity: String,
    /// The files of each group of views, from the site's root.
    #[serde(skip)]
    pub views: BTreeMap<String, Vec<String>>,
}

/// Puts the page, split, in place of what Trunk left of it in `site`.
///
/// # Errors
/// The linker's output is missing or cannot be split; wasm-bindgen or wasm-opt fails; a file cannot be written.
pub fn split(site: &Path, mode: Mode) -> Result<Page> {
    let trunks = bundles::page(site)?;
    let work = workspace::target().join("wasm-split").join(mode.name());
    fs::remove_dir_all(&work).ok();
    fs::create_dir_all(&work).with_context(|| format!("making {}", work.display()))?;
    let linked = linked(mode)?;
    let prefetch = cut(&linked, &work)?;
    bind(&work)?;
    if mode == Mode::Release {
        for file in files_ending(&work, ".wasm")? {
            optimize(&file)?;
        }
    }
    let page = settle(&work, site, &prefetch)?;
    for file in [trunks.js, trunks.wasm] {
        fs::remove_file(site.join(&file)).with_context(|| format!("removing Trunk's {file}"))?;
    }
    Ok(page)
}

/// What the linker made of the page.
fn linked(mode: Mode) -> Result<PathBuf> {
    let file = workspace::target().join("wasm32-unknown-unknown").join(mode.profile_folder()).join(format!("{NAME}.wasm"));
    ensure!(file.is_file(), "{} is missing: Trunk should have compiled it just now", file.display());
    Ok(file)
}

/// Splits the module into `work`: `main.wasm`, `split_<group>.wasm`, `chunk_<n>.wasm` shared by several, and the script [`LINKS`].
/// Gives back each group's files, without their ending.
fn cut(linked: &Path, work: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let wasm = fs::read(linked).with_context(|| format!("reading {}", linked.display()))?;
    let main = work.join("main.wasm");
    let script = format!("./{NAME}.js");
    let mut options = wasm_split_cli_support::Options::new(&wasm);
    options.output_dir = work;
    options.main_out_path = &main;
    options.main_module = &script;
    let split = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("splitting {}: {error}", linked.display()))?;
    ensure!(!split.split_modules.is_empty(), "the page has no `wasm_split` function left: everything would load at once");
    Ok(split.prefetch_map.into_iter().collect())
}

fn bind(work: &Path) -> Result<()> {
    let mut bind = command("wasm-bindgen");
    bind.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", NAME, "--out-dir"]);
    run(bind.arg(work).arg(work.join("main.wasm")), "Is wasm-bindgen on PATH? `cargo xtask build` puts it there.")?;
    fs::remove_file(work.join("main.wasm")).context("removing what wasm-bindgen has read")
}

fn optimize(file: &Path) -> Result<()> {
    let mut optimize = command("wasm-opt");
    run(
        optimize.arg("-Oz").args(FEATURES).arg(file).arg("-o").arg(file),
        "Is wasm-opt on PATH? `cargo xtask build` puts it there.",
    )
}

/// How a piece is instantiated that comes as a file of its own.
const STREAMED: &str = "WebAssembly.instantiateStreaming(src, imports)";

/// How the small pieces are fetched: all at once, and anew if that fails. Each is handed out in a task of its own: made ready in one, two dozen of
/// them held the page up for 15 to 40 ms.
const PACKED: &str = "
let whole;
let turn = Promise.resolve();
const task = () => new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); done(); };
    port2.postMessage(0);
});
const packed = async (start, end) => {
    whole ??= PACK.then((answer) => answer.arrayBuffer());
    try {
        const bytes = new Uint8Array(await whole, start, end - start);
        await (turn = turn.then(task));
        return bytes;
    } catch (error) {
        whole = undefined;
        throw error;
    }
};
";

/// How such a piece is instantiated here. Browsers stream only what is called by its right type, and not every host knows that type.
const INSTANTIATED: &str = "
const instantiated = async (src, imports) => {
    const answer = await src;
    const streams = answer.headers.get(\"Content-Type\")?.trim().toLowerCase() === \"application/wasm\";
    return streams ? WebAssembly.instantiateStreaming(answer, imports) : WebAssembly.instantiate(await answer.arrayBuffer(), imports);
};
";

/// How a piece is fetched: checked, and once more if it fails, as the page's own script does with the page's Wasm.
const FETCHED: &str = "
const fetched = (piece, integrity) => {
    const asked = () => fetch(new URL(piece, import.meta.url), { integrity });
    return asked().catch(asked);
};
";

/// Moves the pieces into the site. All bear one tag, the hash of them all: scripts and pieces name each other, and belong together.
fn settle(work: &Path, site: &Path, prefetch: &BTreeMap<String, Vec<String>>) -> Result<Page> {
    let read = |path: &Path| fs::read(path).with_context(|| format!("reading {}", path.display()));
    let text = |path: &Path| fs::read_to_string(path).with_context(|| format!("reading {}", path.display()));
    let (glue, links) = (text(&work.join(format!("{NAME}.js")))?, text(&work.join(LINKS))?);
    let mut pieces = BTreeMap::new();
    for file in files_ending(work, ".wasm")? {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        pieces.insert(name, read(&file)?);
    }
    let parts: Vec<&[u8]> = [glue.as_bytes(), links.as_bytes(), FETCHED.as_bytes(), INSTANTIATED.as_bytes(), PACKED.as_bytes()]
        .into_iter()
        .chain(pieces.values().map(Vec::as_slice))
        .collect();
    let tag = format!("{:016x}", bundles::hash(&parts));
    let named = |name: &str| format!("{NAME}-{tag}{}", name.strip_prefix(NAME).map_or_else(|| format!("-{name}"), str::to_owned));

    let (js, links_file) = (format!("{NAME}-{tag}.js"), format!("{NAME}-{tag}-views.js"));
    // Only where it is loaded from: the module itself knows the script by its old name.
    let glue = replaced(&glue, &format!("from \"./{LINKS}\""), &format!("from \"./{links_file}\""))?;
    let mut links = replaced(&links, &format!("from \"./{NAME}.js\""), &format!("from \"./{js}\""))?;
    let pack = Pack::of(&pieces);
    let fetched = |name: &str, bytes: &[u8]| format!("fetched(\"./{}.wasm\", \"{}\")", named(name), integrity(bytes));
    for (name, bytes) in &pieces {
        let old = format!("fetch(new URL(\"./{name}.wasm\", import.meta.url))");
        if let Some(place) = pack.places.get(name) {
            links = unpacked(&links, &old, &format!("packed({}, {})", place.start, place.end))?;
        } else {
            links = links.replace(&old, &fetched(name, bytes));
            write(&site.join(format!("{}.wasm", named(name))), bytes)?;
        }
    }
    ensure!(!links.contains("fetch("), "a piece of the page would be fetched unchecked");
    let mut links = for_any_type(&links)?;
    write(&site.join(format!("{}.wasm", named(PACK))), &pack.module)?;
    links.push_str(FETCHED);
    links.push_str(&replaced(PACKED, "PACK", &fetched(PACK, &pack.module))?);
    // The page itself says that a part did not arrive, and offers to ask again; and who leaves while one is on its way has lost nothing.
    let links = replaced(&links, "console.error(", "console.warn(")?;
    write(&site.join(&js), glue.as_bytes())?;
    write(&site.join(&links_file), links.as_bytes())?;

    let module = pieces.get(&format!("{NAME}_bg")).context("wasm-bindgen left no module of the page")?;
    let main = Module {
        wasm: format!("{}.wasm", named(&format!("{NAME}_bg"))),
        bytes: module.len() as u64,
        js_integrity: integrity(glue.as_bytes()),
        wasm_integrity: integrity(module),
        js,
    };
    let file = |name: &String| format!("{}.wasm", named(if pack.places.contains_key(name) { PACK } else { name }));
    let files = |names: &Vec<String>| names.iter().map(file).collect::<BTreeSet<_>>().into_iter().collect();
    let views = prefetch.iter().map(|(view, names)| (view.clone(), files(names))).collect();
    Ok(Page { main, links_integrity: integrity(links.as_bytes()), links: links_file, views })
}

/// The script with a piece taken from the pack, and no longer from a file of its own.
fn unpacked(links: &str, fetch: &str, packed: &str) -> Result<String> {
    let at = links.find(fetch).with_context(|| format!("the splitter's script does not fetch {fetch}"))?;
    let (before, from) = links.split_at(at);
    let instantiated = from.find(STREAMED).context("the splitter's script does not stream what it fetches")?;
    let from = from.replacen(fetch, packed, 1);
    ensure!(instantiated < 500, "what the splitter's script instantiates is not what it has just fetched");
    Ok(format!("{before}{}", from.replacen(STREAMED, "WebAssembly.instantiate(await src, imports)", 1)))
}

/// The script with no piece left that only a host with the right type for Wasm could serve.
fn for_any_type(links: &str) -> Result<String> {
    let links = replaced(links, STREAMED, "instantiated(src, imports)")?;
    ensure!(!links.contains("instantiateStreaming"), "a piece of the page would ask for the right type of Wasm");
    Ok(links + INSTANTIATED)
}

fn replaced(text: &str, old: &str, new: &str) -> Result<String> {
    ensure!(text.contains(old), "a script of the page does not name {old}: has the splitter or wasm-bindgen changed?");
    Ok(text.replace(old, new))
}

fn files_ending(folder: &Path, end: &str) -> Result<Vec<PathBuf>> {
    let files = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let files = files.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(files.filter(|file| file.to_string_lossy().ends_with(end)).collect())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the splitter writes two pieces.
    const LINKS: &str = "fetch(\"a\"); (WebAssembly.instantiateStreaming(src, imports)); fetch(\"b\"); (WebAssembly.instantiateStreaming(src, imports))";

    #[test]
    fn every_piece_is_instantiated_whatever_a_host_calls_it() {
        let links = for_any_type(&unpacked(LINKS, "fetch(\"b\")", "packed(0, 1)").unwrap()).unwrap();
        assert!(links.starts_with(
            "fetch(\"a\"); (instantiated(src, imports)); packed(0, 1); (WebAssembly.instantiate(await src, imports))"
        ));
        assert!(links.contains("answer.arrayBuffer()"), "{links}");
        assert!(for_any_type("nothing is streamed").is_err());
        assert!(for_any_type(&format!("{LINKS} WebAssembly.instantiateStreaming(other)")).is_err());
    }
}
