// Runs first in every lab worker, before the bundle's own glue (which is appended to it). It must never lose a message: what
// arrives before the Wasm is up is kept. What it says itself is text, so that it cannot be taken for a lab's message (bytes).
self.addEventListener("unhandledrejection", (event) => {
  self.postMessage("rejected:" + String(event.reason));
});
self.onmessage = (first) => {
  const early = [];
  self.onmessage = (event) => early.push(event);
  // The first message is the Wasm itself; each worker compiles it anew, so that none shares another's compiled code.
  wasm_bindgen({ module_or_path: first.data }).then(
    () => {
      self.postMessage("ready:");
      for (const event of early) self.onmessage(event);
    },
    (error) => self.postMessage("crashed:" + String(error)),
  );
};
