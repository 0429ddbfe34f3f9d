/* The questionnaire: saves each answer the moment it is given, and says truthfully what is saved. Without it the same
   form saves the page on "Bewaar en ga verder". */

import { Outbox } from "./outbox.js";

const config = JSON.parse(document.querySelector("#vragenlijst").textContent);
const mark = document.querySelector("[data-mark]");
const live = document.querySelector("[data-live]");
const form = document.querySelector("#vragen");
const PAUSE = 800; // ms without typing
const TROUBLE = ["offline", "failed", "signedOut", "gone"];
let state = "saved";
let announced = "";

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
  const news = answer.page && form && showAll(answer.page);
  if (next === "saved" && news) next = "other";
  else if (next === "saved" && state === "offline") next = "back";
  state = next;
  say(next, (config.texts[next] ?? answer.message ?? "").replace("{t}", answer.saved));
}

// A page that comes back as it was left may be behind; what waits is kept and put on it again.
addEventListener("pageshow", (event) => event.persisted && location.reload());

const tokens = () => [...document.querySelectorAll("[name=csrf_token]")];
const page = {
  get token() { return tokens()[0]?.value; },
  set token(value) { for (const field of tokens()) field.value = value; },
  get revision() { return Number(form.elements.revision.value); },
};
const outbox = new Outbox(config, page, tell);
addEventListener("online", () => mark.className.includes("late") && state === "saved" && say("online", config.texts.online));

/* No page is left while something waits: first it is sent, and only then the button does its work, once. */
const A_MOMENT = 3000; // ms in which a second press of the button is the same press
for (const each of document.querySelectorAll("main form[method=post]")) {
  each.addEventListener("submit", async (event) => {
    if ("pressed" in each.dataset) return event.preventDefault();
    const over = texts.find(tooLong);
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

const sets = form ? [...form.querySelectorAll("fieldset[data-item]")] : [];
const texts = form ? [...form.querySelectorAll("textarea")] : [];
const characters = new TextEncoder();
const chosen = (set) => set.querySelector(".tiles :checked, .no:checked");

function valueOf(set) {
  const tile = chosen(set);
  if (!tile) return null;
  if (tile.value !== "x") return Number(tile.value);
  return set.querySelector(".why :checked")?.value ?? config.noReason;
}

function show(set, value) {
  for (const input of set.querySelectorAll("input")) {
    input.checked = input.value === String(value) || (typeof value === "string" && input.value === "x");
  }
  dress(set);
}

/* A score leaves no reason behind, and only what was answered can be cleared. */
function dress(set) {
  if (chosen(set)?.value !== "x") for (const input of set.querySelectorAll(".why input")) input.checked = false;
  set.querySelector(".wis").hidden = !chosen(set);
}

function keep(set) {
  outbox.put(config.page, set.dataset.item, valueOf(set));
  dress(set);
  outbox.flush();
}

/* Puts what is stored on the page, except where something newer waits. True when that is news. */
function showAll(stored) {
  const late = new Set(outbox.waiting.filter(([at]) => at === config.page).map(([, field]) => field));
  const kept = (item) => stored.answers[item] ?? stored[item];
  let news = false;
  for (const set of sets) {
    const item = set.dataset.item;
    const value = kept(item) ?? null;
    if (late.has(item) || value === valueOf(set)) continue;
    show(set, value);
    news = true;
  }
  for (const text of texts) {
    const value = kept(text.name) ?? "";
    if (late.has(text.name) || text.value.trim() === value) continue;
    text.value = value;
    news = true;
  }
  return news;
}

let pause = 0;

/* Beside its characters a text may have a limit in bytes: data-bytes. */
function tooLong(text) {
  const value = text.value.trim();
  const over = [...value].length > text.dataset.most || characters.encode(value).length > text.dataset.bytes;
  const wrong = document.getElementById(`${text.id}-fout`);
  if (wrong.hidden === !over) return over;
  wrong.hidden = !over;
  wrong.querySelector("span").textContent = over ? config.texts.tooLong : "";
  if (over) text.setAttribute("aria-invalid", "true");
  else text.removeAttribute("aria-invalid");
  if (over) say("tooLong", config.texts.tooLong);
  return over;
}

if (form) {
  for (const set of sets) {
    set.querySelector(".wis")?.remove();
    const clear = document.createElement("button");
    clear.type = "button";
    clear.className = "btn link wis";
    clear.textContent = config.texts.clear;
    clear.addEventListener("click", () => {
      show(set, null);
      keep(set);
      set.querySelector("input").focus();
    });
    set.querySelector(".cant").insertBefore(clear, set.querySelector(".why")); // without reasons: at the end
    dress(set);
  }

  for (const [at, field, value] of outbox.waiting) {
    if (at !== config.page) continue;
    const set = sets.find((each) => each.dataset.item === field);
    const text = texts.find((each) => each.name === field);
    if (set) show(set, value);
    else if (text) text.value = value;
  }

  form.addEventListener("change", ({ target }) => {
    const set = target.closest("fieldset[data-item]");
    if (!set) return;
    if (target.closest(".why")) set.querySelector(".no").checked = true;
    keep(set);
  });

  form.addEventListener("keydown", (event) => {
    const set = event.target.closest("fieldset[data-item]");
    if (!set || event.ctrlKey || event.altKey || event.metaKey) return;
    const cannot = event.key === "0" || event.key === "k";
    const tile = cannot ? set.querySelector(".no") : /^[1-5]$/.test(event.key) && set.querySelector(`.tiles [value="${event.key}"]`);
    if (!tile) return;
    event.preventDefault();
    const again = cannot && tile.checked;
    tile.checked = true;
    keep(set);
    const why = set.querySelector(".why input");
    if (cannot && !again && why) return why.focus();
    const next = sets[sets.indexOf(set) + 1];
    (next ? chosen(next) ?? next.querySelector("input") : texts[0] ?? form.querySelector(".foot button")).focus();
  });

  for (const text of texts) {
    text.addEventListener("input", () => {
      clearTimeout(pause);
      if (tooLong(text)) return;
      outbox.put(config.page, text.name, text.value);
      pause = setTimeout(() => outbox.flush(), PAUSE);
    });
    text.addEventListener("blur", () => outbox.waiting.length && outbox.flush());
  }

  document.querySelector("[data-keys]")?.removeAttribute("hidden");
  outbox.flush();
} else if (outbox.waiting.length) {
  outbox.flush().then((done) => done && location.reload()); // what this page counts has changed
}
