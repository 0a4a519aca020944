// Keeps one release of the site for use without a network. A classic script at the site's root; its scope is the site, wherever it lies.
//
// What stays true: a cache holds files of one release and nothing else, each checked by its SHA-256 when it goes in and when it comes out. What
// the release does not list is the network's business, so that a page that is missing stays a 404; without a network it is one all the same. A new release waits until it is asked for.
"use strict";

// `cargo xtask finish` puts the release here: { build, id, shell: [path], files: { path: [bytes, first half of SHA-256] } }.
const RELEASE = "RELEASE";
const FILES = new Map(Object.entries(RELEASE.files));

const ROOT = new URL("./", location);
// Several sites may share an origin; each has caches of its own.
const FAMILY = `ferroscope ${ROOT.pathname} `;
const CACHE = FAMILY + RELEASE.id;
// A name that holds its content's hash never means two things.
const HASHED = /[-_.][0-9a-f]{16}[-_.]/;

// --- names

// Pages are asked for by their folder: many hosts send `index.html` elsewhere.
const address = (path) => ROOT.href + path.replace(/(^|\/)index\.html$/, "$1");

// The file that an address of this site stands for; its query and fragment are the page's own business.
function pathOf(url) {
  if (url.origin !== ROOT.origin || !url.pathname.startsWith(ROOT.pathname)) return undefined;
  const path = url.pathname.slice(ROOT.pathname.length);
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

const otherCaches = async () => (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== CACHE);

// --- one file

// Whether an answer's body, which this reads, is what the release says it is.
async function fits(path, answer) {
  const [bytes, hash] = FILES.get(path);
  const body = await answer.arrayBuffer();
  if (body.byteLength !== bytes) return false;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body), 0, 16);
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("") === hash;
}

async function isKept(cache, path) {
  const found = await cache.match(address(path));
  return found !== undefined && fits(path, found);
}

// What another release left, if the file did not change.
async function inherited(path) {
  for (const name of await otherCaches()) {
    const found = await (await caches.open(name)).match(address(path));
    if (found && (await fits(path, found.clone()))) return found;
  }
  return undefined;
}

// From the network: first as the browser's own cache allows, then past every cache, since a host may let old answers live for a while.
async function fetched(path) {
  for (const cache of [HASHED.test(path) ? "default" : "no-cache", "reload"]) {
    const answer = await fetch(address(path), { cache, priority: "low" });
    if (answer.ok && (await fits(path, answer.clone()))) return answer;
  }
  throw new Error(`the host has no ${path} of this release`);
}

// Puts an answer that fits into the cache. One that was redirected could not answer a navigation: it is made anew.
const put = (cache, path, answer) => cache.put(address(path), answer.redirected ? new Response(answer.body, answer) : answer);

async function keep(cache, path) {
  if (await isKept(cache, path)) return;
  await put(cache, path, (await inherited(path)) ?? (await fetched(path)));
}

// --- the life of a release

self.addEventListener("install", (event) => event.waitUntil(install()));

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(RELEASE.shell.map((path) => keep(cache, path)));
}

self.addEventListener("activate", (event) => event.waitUntil(Promise.all([sweep(0), self.clients.claim()])));

// Deletes other releases' caches, unless more than so many pages are open: one of them may be of such a release and still need its files.
async function sweep(pages) {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  // A release that is on its way has a cache as well.
  if (open.length > pages || registration.installing || registration.waiting) return;
  await Promise.all((await otherCaches()).map((name) => caches.delete(name)));
}

// --- requests

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = pathOf(new URL(request.url));
  if (path === undefined || request.method !== "GET" || request.headers.has("range")) return;
  const navigates = request.mode === "navigate";
  if (FILES.has(path)) event.respondWith(answer(event, path, navigates));
  else if (navigates && FILES.has(`${path}/index.html`)) event.respondWith(withSlash(request));
  else if (navigates) event.respondWith(unknown(request));
  // A page of another release, or of none: its own file, or the network's.
  else if (HASHED.test(path)) event.respondWith(ofAnother(request, path));
});

async function answer(event, path, navigates) {
  // Where storage fails, the network must do.
  const cache = await caches.open(CACHE).catch(() => undefined);
  if (await (cache && isKept(cache, path).catch(() => false))) {
    // Asked for anew, so that the browser gets the entry itself, with the compiled code that it may keep beside it.
    const found = await cache.match(address(path));
    if (found) return found;
  }
  // Once more if the network fails: a page never asks again for the script that starts it.
  const found = await fetch(event.request).catch(() => fetch(event.request));
  if (found.ok && (await fits(path, found.clone()))) {
    if (cache) event.waitUntil(put(cache, path, found.clone()).catch(() => undefined));
    return found;
  }
  // The host has moved on. A whole page of the new release may come, and names that hold a hash cannot lie; another file would mix releases.
  return navigates || HASHED.test(path) || !found.ok ? found : Response.error();
}

// An address of this site that the release does not know. Without a network the site's own page says so, as its host would.
async function unknown(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await (await caches.open(CACHE)).match(address("404.html"));
    if (!found) throw error;
    return new Response(found.body, { status: 404, statusText: "Not Found", headers: found.headers });
  }
}

function withSlash(request) {
  const url = new URL(request.url);
  url.pathname += "/";
  return Response.redirect(url.href, 301);
}

async function ofAnother(request, path) {
  for (const name of await otherCaches().catch(() => [])) {
    const found = await (await caches.open(name)).match(address(path));
    if (found) return found;
  }
  return fetch(request);
}

// --- what pages ask

self.addEventListener("message", (event) => {
  const [port] = event.ports;
  if (event.data === "take-over") event.waitUntil(self.skipWaiting());
  else if (event.data === "look" && port) event.waitUntil(look().then((report) => tell(port, report)).then(() => sweep(1)));
  else if (event.data === "fill" && port) event.waitUntil(fill(port));
});

// The page reads JSON: one type on either side, and nothing that it did not expect.
const tell = (port, report) => port.postMessage(JSON.stringify({ build: RELEASE.build, of: FILES.size, ...report }));

// Counts what is truly there.
async function look() {
  const cache = await caches.open(CACHE);
  let [have, left] = [0, 0];
  for (const [path, [bytes]] of FILES) {
    if (await isKept(cache, path)) have += 1;
    else left += bytes;
  }
  return { have, left, ended: true, fault: null };
}

// All pages that asked hear of the one fill that goes on.
let filling;
const hearers = new Set();

function fill(port) {
  hearers.add(port);
  filling ??= fillAll().finally(() => {
    filling = undefined;
    hearers.clear();
  });
  return filling;
}

async function fillAll() {
  const cache = await caches.open(CACHE);
  let [have, fault] = [0, null];
  // One after another: the page's own requests come first.
  for (const path of FILES.keys()) {
    try {
      await keep(cache, path);
      have += 1;
      // Each report wakes a page that is being read.
      if (have % 10 === 0) hearers.forEach((port) => tell(port, { have, left: 0, ended: false, fault: null }));
    } catch (error) {
      fault ??= error.message;
    }
  }
  const report = { ...(await look()), fault };
  hearers.forEach((port) => tell(port, report));
}
