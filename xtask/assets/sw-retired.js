// Served by `cargo xtask serve`, which keeps nothing: a worker that a built site left at this address goes away, and its caches with it.
"use strict";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(retire()));

async function retire() {
  const family = `ferroscope ${new URL("./", location).pathname} `;
  const names = (await caches.keys()).filter((name) => name.startsWith(family));
  await Promise.all(names.map((name) => caches.delete(name)));
  await registration.unregister();
}
