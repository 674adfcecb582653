// Keeps the page for places with no network. It answers only for the page's own files, newest first while there is a
// network: an office may change its name or its key. It never sees a receipt: what follows # is not part of a request.

const STORE = "raseed-verify-1";
const FILES = ["/V", "/V/style.css", "/V/verify.js", "/V/receipt.js", "/V/cbor.js", "/V/people.js", "/V/words.js"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(FILES)));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method === "GET" && FILES.includes(pathname)) event.respondWith(answer(pathname));
});

async function answer(pathname) {
  const store = await caches.open(STORE);
  try {
    const fresh = await fetch(pathname, { cache: "no-cache", signal: AbortSignal.timeout(5000) });
    if (!fresh.ok) throw new Error(`status ${fresh.status}`);
    await store.put(pathname, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await store.match(pathname);
    if (kept) return kept;
    throw error;
  }
}
