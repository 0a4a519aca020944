// Gives each Ferroscope frame on this page the height it asks for, and does nothing else.
(() => {
  "use strict";
  const LEAST = 80, MOST = 10000;
  addEventListener("message", ({ data, source }) => {
    if (!source || !data || data.ns !== "ferroscope" || data.v !== 1 || data.type !== "resize") return;
    if (typeof data.height !== "number" || !(data.height >= LEAST && data.height <= MOST)) return;
    for (const frame of document.getElementsByTagName("iframe")) {
      if (frame.contentWindow === source) frame.style.height = `${Math.ceil(data.height)}px`;
    }
  });
})();
