/* Nobody is signed in here (any more), or is about to leave: no zakkaart stays on this device. */

const KEPT = "zakkaart";
const PAGE = "/zakkaart";

async function forget() {
  try {
    await caches.delete(KEPT);
    const keeper = await navigator.serviceWorker.getRegistration(PAGE);
    await keeper?.unregister();
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
}

const soon = () => new Promise((done) => setTimeout(done, 1000));
const out = document.querySelector("form[action$='/uitloggen']");
if (!out) await forget();
out?.addEventListener("submit", async (event) => {
  event.preventDefault();
  await Promise.race([forget(), soon()]);
  out.submit();
}, { once: true });
