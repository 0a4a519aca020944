// Before the first paint: the colours that the address or the reader chose. A file of its own, since no inline script may run.
(() => {
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);
  let theme = query.get("theme");
  try {
    theme ??= localStorage.getItem("ferroscope.theme");
  } catch {
    // Storage is denied: the system's colours it is.
  }
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (query.get("motion") === "reduce") root.dataset.motion = "reduce";
})();
