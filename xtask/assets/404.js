// This page may be served for any address below the site, whose own root it does not know: walk up to the registry.
for (let at = new URL(".", location); ; at = new URL("..", at)) {
  if ((await fetch(new URL("registry.json", at)).catch(() => ({}))).ok) {
    const home = document.getElementById("home");
    home.firstChild.href = at;
    home.hidden = false;
    break;
  }
  if (at.pathname === "/") break;
}
