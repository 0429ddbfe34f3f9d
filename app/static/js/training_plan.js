// While the planner is at work: how far it is, asked of the server now and then. When it is done the page comes anew.

const PAUSE = 1500; // ms
const part = document.querySelector("[data-progress]");
const bar = part.querySelector("progress");
const told = part.querySelector("[data-told]");
let misses = 0;

async function look() {
  try {
    const answer = await fetch(part.dataset.progress, { headers: { Accept: "application/json" } });
    if (answer.redirected || !answer.ok) throw new Error(answer.status);
    const now = await answer.json();
    misses = 0;
    if (now.state !== "solving") {
      location.reload();
      return;
    }
    bar.value = now.percent;
    if (Math.floor(now.percent / 10) !== Number(told.dataset.at)) {
      told.dataset.at = Math.floor(now.percent / 10);
      told.textContent = now.told;
    }
  } catch { // without a line we look again, less and less often
    misses += 1;
  }
  if (misses < 8) setTimeout(look, PAUSE * 2 ** misses);
}

setTimeout(look, PAUSE);
