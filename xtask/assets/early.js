// Before the first paint: that scripts run, and the colours that the address or the reader chose. In the page itself, by its hash; in embeds a
// file, so that a frame that may load no script does not run this one either. Remarks stand on lines of their own: they are left out of pages.
(() => {
  const root = document.documentElement;
  // A script that did not come is asked for once more, by another address: a browser never asks again for a module that failed.
  const again = ({ target }) => {
    if (target.localName !== "script") return;
    if (target.dataset.again !== undefined) {
      // Without the script nothing better comes: what stands here is shown, on a stage too.
      delete root.dataset.stated;
      delete root.dataset.waiting;
      const notice = document.createElement("p");
      notice.setAttribute("role", "status");
      notice.className = "late";
      notice.textContent = "What runs on this page did not arrive whole. You can read on; reload the page to try again.";
      return document.getElementById("prerendered")?.prepend(notice);
    }
    const script = document.createElement("script");
    for (const { name, value } of target.attributes) script.setAttribute(name, value);
    script.dataset.again = "";
    script.src = `${target.src}?again`;
    target.replaceWith(script);
  };
  addEventListener("error", again, true);
  // Controls are shown where scripts can answer them; a frame that may not load scripts shows the picture alone.
  // Of a frame without an origin boot.js says so: this script alone cannot know.
  if (self.origin !== "null" || document.currentScript.src) root.dataset.scripts = "";
  const query = new URLSearchParams(location.search);
  // An embed looks from its first paint on as its address asks: `src/embed/query.rs` reads the same words in the same way, the last of several.
  const isEmbed = document.currentScript.src && /\/embed\/[^/]+\//.test(location.pathname);
  const last = (name) => query.getAll(name).at(-1) ?? "";
  let theme = isEmbed ? last("theme") : query.get("theme");
  try {
    if (!isEmbed) theme ??= localStorage.getItem("ferroscope.theme");
  } catch {
    // Storage is denied: the system's colours it is.
  }
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (isEmbed) {
    const [ui, run, scale] = ["ui", "run", "scale"].map(last);
    if (ui === "min" || ui === "chart") root.dataset.ui = ui;
    if (run === "off") root.dataset.run = run;
    if (/^\d+(\.\d*)?$/.test(scale) && scale >= 1 && scale <= 2) root.style.fontSize = `${Math.round(scale * 100)}%`;
    // What stands here is of another state than the address': it keeps its room and is not shown.
    if (query.has("preset") || /[#&?]s=/.test(location.hash)) root.dataset.stated = "";
  }
  // On a stage the page is seen once it is one, and not before.
  const isStage = query.get("stage") === "1" || query.get("speaker") === "1";
  if (isStage && !location.pathname.includes("/embed/")) root.dataset.waiting = "";
  if ((isEmbed ? last("motion") : query.get("motion")) === "reduce") root.dataset.motion = "reduce";
})();
