// Starts the page. It is a file of its own because the content-security policy allows no inline script.
document.documentElement.dataset.scripts = "";
const element = document.getElementById("ferroscope-manifest");
const manifest = JSON.parse(element.textContent);
// The address changes while the page runs, so the root is made absolute once, here, before the router can touch it.
manifest.root = new URL(manifest.root, document.baseURI).href;
element.textContent = JSON.stringify(manifest);
// A button pressed before the app stands there is pressed again once it does; `src/takeover.rs` reads which.
const early = document.getElementById("prerendered");
early?.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button) early.dataset.pressed = [...early.querySelectorAll("button")].indexOf(button);
});
// Where the app does not come, the words stay readable; a button that does not answer wants a word. It goes with what the app replaces.
setTimeout(() => {
  if (document.documentElement.dataset.app || !early?.isConnected) return;
  delete document.documentElement.dataset.stated;
  const late = document.createElement("p");
  late.setAttribute("role", "status");
  late.className = "late";
  late.textContent = "What runs on this page is still on its way. You can read on; if nothing answers, reload the page.";
  early.prepend(late);
}, 20_000);
// What runs comes after what is read: on a thin line the words would share it with the program. In the background no frame is drawn.
const painted = new Promise((done) => {
  requestAnimationFrame(() => setTimeout(done));
  setTimeout(done, 500);
});
// An import cannot carry its integrity; the preload that it finds has been checked.
const preload = (file, integrity) => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "modulepreload", crossOrigin: "", integrity, href: manifest.root + file });
  document.head.append(link);
};
try {
  const { js, jsIntegrity, links, linksIntegrity, wasm, wasmIntegrity } = manifest.page;
  await painted;
  preload(links, linksIntegrity);
  preload(js, jsIntegrity);
  // Once more if it fails: networks hiccup, and so do browsers' stores while they write beside an entry what they compiled of it.
  const asked = () => fetch(manifest.root + wasm, { integrity: wasmIntegrity, credentials: "same-origin" });
  const bytes = asked().catch(asked);
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
