// Before the first paint: that scripts run, and the colours that the address or the reader chose. A file of its own, since no inline script may run.
(() => {
  const root = document.documentElement;
  // Controls are shown where scripts can answer them; a frame that may not load scripts shows the picture alone.
  root.dataset.scripts = "";
  const query = new URLSearchParams(location.search);
  let theme = query.get("theme");
  try {
    theme ??= localStorage.getItem("ferroscope.theme");
  } catch {
    // Storage is denied: the system's colours it is.
  }
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  // On a stage the page is seen once it is one, and not before.
  const isStage = query.get("stage") === "1" || query.get("speaker") === "1";
  if (isStage && !location.pathname.includes("/embed/")) root.dataset.waiting = "";
  if (query.get("motion") === "reduce") root.dataset.motion = "reduce";
})();
