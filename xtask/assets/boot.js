// Starts the page. It is a file of its own because the content-security policy allows no inline script.
document.documentElement.dataset.scripts = "";
const element = document.getElementById("ferroscope-manifest");
const manifest = JSON.parse(element.textContent);
// The address changes while the page runs, so the root is made absolute once, here, before the router can touch it.
manifest.root = new URL(manifest.root, document.baseURI).href;
element.textContent = JSON.stringify(manifest);
// What is used before the app stands there is used again once it does: marked here, and found again by `src/takeover/left.rs`.
const early = document.getElementById("prerendered");
const used = (one) => one.closest(".late") || (one.dataset.early = "");
early?.addEventListener("input", ({ target }) => used(target));
early?.addEventListener("click", ({ target }) => {
  const one = target.closest("button, summary");
  if (!one) return;
  if (one.localName === "summary") return used(one.parentElement);
  // Of several presses the last one counts.
  early.querySelector("button[data-early]")?.removeAttribute("data-early");
  used(one);
});
// What stands in somebody else's page leads elsewhere in a tab of its own, as it does once the app stands there (`src/embed/open_full.rs`). Where none may be
// opened the frame follows the link itself: no link is dead.
early?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-embed] a[href]");
  if (!link || link.href.split("#")[0] === location.href.split("#")[0]) return;
  const tab = open(link.href, "_blank");
  if (!tab) return;
  tab.opener = null;
  event.preventDefault();
});
// Where the app does not come, the words stay readable; a button that does not answer wants a word. It goes with what the app replaces.
const late = (words, again) => {
  early.querySelector(".late")?.remove();
  const notice = document.createElement("p");
  notice.setAttribute("role", "status");
  notice.className = "late";
  notice.textContent = words;
  if (again) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Try again";
    button.addEventListener("click", () => {
      notice.remove();
      again();
    });
    notice.append(" ", button);
  }
  early.prepend(notice);
  delete document.documentElement.dataset.waiting;
  delete document.documentElement.dataset.stated;
};
setTimeout(() => {
  if (document.documentElement.dataset.app || !early?.isConnected || early.querySelector(".late")) return;
  late("What runs on this page is still on its way. You can read on; if nothing answers, reload the page.");
}, 20_000);
// `src/takeover/at_hand.rs` says so where the program came, and something that the page shows did not.
const MISSING = "A part of what runs on this page did not arrive. You can read on.";
early?.addEventListener("again", () => late(MISSING, () => dispatchEvent(new Event("again"))));
early?.addEventListener("reload", () => {
  // The app listens for links already, and would lead to a page that nobody sees.
  early.addEventListener("click", (event) => event.stopPropagation());
  late(MISSING, () => location.reload());
});
// What runs comes after what is read: on a thin line the words would share it with the program. In the background no frame is drawn.
const painted = new Promise((done) => {
  requestAnimationFrame(() => setTimeout(done));
  setTimeout(done, 500);
});
// An import cannot carry its integrity; the preload that it finds has been checked. A browser that was refused one asks for the file again when it is
// imported, unchecked: so nothing is imported before its preload has come.
const preload = (file, integrity) =>
  new Promise((done, failed) => {
    const link = document.createElement("link");
    if (!link.relList.supports("modulepreload")) return done();
    link.addEventListener("load", done);
    link.addEventListener("error", () => failed(new Error(`${file} did not arrive whole`)));
    Object.assign(link, { rel: "modulepreload", crossOrigin: "", integrity, href: manifest.root + file });
    document.head.append(link);
  });
// Once more if it fails: networks hiccup, and so do browsers' stores while they write beside an entry what they compiled of it.
const fetched = (file, integrity) => {
  const asked = () => fetch(manifest.root + file, { integrity, credentials: "same-origin" });
  return asked().catch(asked);
};
// A browser may never ask again for a module that failed: so a script is fetched first, and its preload finds it in the browser's store.
const script = (file, integrity) => fetched(file, integrity).then(() => preload(file, integrity));
try {
  const { js, jsIntegrity, links, linksIntegrity, wasm, wasmIntegrity } = manifest.page;
  await painted;
  const scripts = [script(links, linksIntegrity), script(js, jsIntegrity)];
  const bytes = fetched(wasm, wasmIntegrity);
  // Whoever waits for it comes later; that it failed is said then.
  bytes.catch(() => {});
  await Promise.all(scripts);
  const { default: start } = await import(manifest.root + js);
  await start({ module_or_path: bytes });
} catch (error) {
  const notice = document.createElement("p");
  notice.setAttribute("role", "alert");
  notice.textContent = `The page could not start (${error}). Reload it; if that does not help, this browser may lack WebAssembly with SIMD.`;
  document.body.prepend(notice);
  delete document.documentElement.dataset.waiting;
  delete document.documentElement.dataset.stated;
  throw error;
}
