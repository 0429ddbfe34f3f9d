/* The service worker of the zakkaart: always the newest while there is a line, and the kept one while there is none. */

const KEPT = "zakkaart";
const PAGE = "/zakkaart";
const SINCE = "/zakkaart/sinds";
const A_WEEK = 7 * 24 * 3600 * 1000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(request.mode === "navigate" ? page(request) : part(request));
});

/* Being sent to the log-in means that nobody is signed in here any more. */
async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) await caches.delete(KEPT);
    return answer;
  } catch {
    const cache = await caches.open(KEPT);
    const [found, since] = await Promise.all([cache.match(PAGE), cache.match(SINCE)]);
    if (found && since && Date.now() - Number(await since.text()) < A_WEEK) return found;
    await caches.delete(KEPT);
    return Response.error();
  }
}

async function part(request) {
  try {
    return await fetch(request);
  } catch {
    const cache = await caches.open(KEPT);
    return (await cache.match(request, { ignoreVary: true })) ?? Response.error();
  }
}
