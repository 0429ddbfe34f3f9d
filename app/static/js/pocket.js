/* Keeps the zakkaart on this device: the page and what it is made of, nothing else. Without a keeper it is a page. */

const { keeper, person } = document.querySelector("script[data-keeper]").dataset;
const KEPT = "zakkaart";
const PAGE = "/zakkaart";
const SINCE = "/zakkaart/sinds";      // no page: under this address stands when the card was kept
const WHOSE = "/zakkaart/van";        // and under this one whose it is

const offline = document.querySelector("[data-offline]");
const tell = () => { offline.hidden = navigator.onLine; };
addEventListener("online", tell);
addEventListener("offline", tell);
tell();

async function forgetOthers() {
  const whose = await caches.match(WHOSE, { cacheName: KEPT });
  if (await whose?.text() !== person) await caches.delete(KEPT);
}

/* Everything first, and nothing away before, so that an older card stays when the line or the page goes halfway. */
async function keep() {
  const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((part) => part.href || part.src);
  const answers = await Promise.all([location.href, ...parts].map((address) => fetch(address)));
  if (answers.some((answer) => !answer.ok || answer.redirected)) return false;
  const cache = await caches.open(KEPT);
  const wanted = [PAGE, ...parts, SINCE, WHOSE].map((address) => new URL(address, location.href).href);
  answers.push(new Response(Date.now()), new Response(person));
  await Promise.all(answers.map((answer, number) => cache.put(wanted[number], answer)));
  for (const request of await cache.keys()) if (!wanted.includes(request.url)) await cache.delete(request);
  return true;
}

if ("serviceWorker" in navigator && "caches" in window) {
  try {
    await forgetOthers();
    await navigator.serviceWorker.register(keeper, { scope: PAGE });
    if (navigator.onLine && document.querySelector(".pocket")) {
      document.querySelector("[data-kept]").hidden = !(await keep());
    }
  } catch {
    // a browser that keeps nothing, or no line: the page itself is there
  }
}
