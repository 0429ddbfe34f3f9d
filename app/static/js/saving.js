/* A page that keeps what is filled in the moment it is: the mark that says truthfully what is saved, texts that are too
   long, and buttons that wait until nothing waits. */

import { Outbox } from "./outbox.js";

const PAUSE = 800; // ms without typing
const A_MOMENT = 3000; // ms in which a second press of the button is the same press
const TROUBLE = ["offline", "failed", "signedOut", "gone"];
const characters = new TextEncoder();

/* `form` may be missing. `showAll(stored)` puts what is stored on the page, except where something newer waits; true when
   that is news. `hear(answer)` gets whatever the server answered to a change. */
export function saving(config, form, showAll, hear = () => {}) {
  const mark = document.querySelector("[data-mark]");
  const live = document.querySelector("[data-live]");
  let state = "saved";
  let announced = "";
  let pause = 0;

  function say(next, text) {
    mark.hidden = false;
    mark.className = next === "busy" ? "ok busy" : next === "saved" || next === "back" ? "ok" : "ok late";
    mark.querySelector("span").textContent = text;
    mark.querySelector("a")?.toggleAttribute("hidden", next !== "signedOut");
    if (next === "busy" || next === announced) return;
    announced = next;
    live.textContent = text;
  }

  /* "busy" while the line is down stays what it was: that it is not saved is already told. */
  function tell(next, answer = {}, at = config.page) {
    if (next === "busy" && TROUBLE.includes(state)) return;
    if (answer.revision && form && at === config.page) form.elements.revision.value = answer.revision;
    hear(answer);
    const news = answer.page && form && showAll(answer.page);
    if (next === "saved" && news) next = "other";
    else if (next === "saved" && state === "offline") next = "back";
    state = next;
    say(next, (config.texts[next] ?? answer.message ?? "").replace("{t}", answer.saved));
  }

  // A page that comes back as it was left may be behind; what waits is kept and put on it again.
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  const tokens = () => [...document.querySelectorAll("[name=csrf_token]")];
  const outbox = new Outbox(config, {
    get token() { return tokens()[0]?.value; },
    set token(value) { for (const field of tokens()) field.value = value; },
    get revision() { return Number(form.elements.revision.value); },
  }, tell);
  addEventListener("online", () => mark.className.includes("late") && state === "saved" && say("online", config.texts.online));

  /* Beside its characters a text may have a limit in bytes: data-bytes. */
  function tooLong(text) {
    const value = text.value.trim();
    const over = [...value].length > text.dataset.most || characters.encode(value).length > text.dataset.bytes;
    const wrong = document.getElementById(text.dataset.wrong ?? `${text.id}-fout`);
    if (wrong.hidden === !over) return over;
    wrong.hidden = !over;
    const told = config.texts.tooLong.replace("{most}", text.dataset.most);
    wrong.querySelector("span").textContent = over ? told : "";
    if (over) text.setAttribute("aria-invalid", "true");
    else text.removeAttribute("aria-invalid");
    if (over) say("tooLong", told);
    return over;
  }

  const texts = () => (form ? [...form.querySelectorAll("[data-most]")] : []);

  /* No page is left while something waits: first it is sent, and only then the button does its work, once. */
  for (const each of document.querySelectorAll("main form[method=post]")) {
    each.addEventListener("submit", async (event) => {
      if (event.defaultPrevented) return;
      if ("pressed" in each.dataset) return event.preventDefault();
      const over = texts().find(tooLong);
      if (over) return event.preventDefault(), over.focus();
      const late = outbox.waiting.length;
      if (!late && navigator.onLine) {
        each.dataset.pressed = "";
        return void setTimeout(() => delete each.dataset.pressed, A_MOMENT);
      }
      event.preventDefault();
      live.textContent = announced = "";
      if (!late) return say("wait", config.texts.wait);
      if (await outbox.flush()) each.requestSubmit(event.submitter);
    });
  }

  /* Keeps a text on a pause in the typing and when it is left; `value()` is what is kept under `name`. */
  function keepTyped(text, name, value = () => text.value) {
    text.addEventListener("input", () => {
      clearTimeout(pause);
      if (text.dataset.most && tooLong(text)) return;
      outbox.put(config.page, name, value());
      pause = setTimeout(() => outbox.flush(), PAUSE);
    });
    text.addEventListener("blur", () => outbox.waiting.length && outbox.flush());
  }

  return { outbox, keepTyped };
}
