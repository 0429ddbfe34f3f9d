// Looks again while something is being made, as long as the page is looked at.

const PAUSE = 3000;

function look() {
  if (document.hidden) document.addEventListener("visibilitychange", look, { once: true });
  else location.reload();
}

if (document.querySelector("[data-waiting]")) setTimeout(look, PAUSE);
