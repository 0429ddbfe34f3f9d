/* Reads the page aloud, with a Dutch voice that is on the device itself: no text leaves it. */

const button = document.querySelector("[data-lees-voor]");
const label = button?.querySelector("span");
const start = label?.textContent;

const voice = () => speechSynthesis.getVoices().find(({ lang, localService }) => localService && /^nl([-_]|$)/i.test(lang));

/* What is on the screen, a piece at a time: long texts are cut off by some browsers. */
function pieces() {
  return [...document.querySelectorAll("[data-voor]")]
    .flatMap((part) => [...part.querySelectorAll("h1, h2, p, li > div")].filter((each) => !each.querySelector("p")).concat(part.matches("legend, label") ? part : []))
    .map((each) => each.textContent.trim())
    .concat(document.querySelector(".one") ? [...document.querySelectorAll(".one .tile, .one .cant label")].map((each) => each.textContent.trim()) : []);
}

function stop() {
  speechSynthesis.cancel();
  label.textContent = start;
}

if (button && "speechSynthesis" in window) {
  const offer = () => button.toggleAttribute("hidden", !voice());
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  offer();
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) return stop();
    const spoken = pieces().map((text) => Object.assign(new SpeechSynthesisUtterance(text), { voice: voice(), lang: "nl-NL", rate: 0.9 }));
    spoken.at(-1)?.addEventListener("end", stop);
    spoken.forEach((each) => speechSynthesis.speak(each));
    label.textContent = button.dataset.stop;
  });
  addEventListener("pagehide", stop);
}
