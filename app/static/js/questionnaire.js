/* The questionnaire: saves each answer the moment it is given, and says truthfully what is saved. Without it the same
   form saves the page on "Bewaar en ga verder". */

import { saving } from "./saving.js";

const config = JSON.parse(document.querySelector("#bewaren").textContent);
const form = document.querySelector("#vragen");
const { outbox, keepTyped } = saving(config, form, showAll);

const sets = form ? [...form.querySelectorAll("fieldset[data-item]")] : [];
const texts = form ? [...form.querySelectorAll("textarea")] : [];
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

  for (const text of texts) keepTyped(text, text.name);

  document.querySelector("[data-keys]")?.removeAttribute("hidden");
  outbox.flush();
} else if (outbox.waiting.length) {
  outbox.flush().then((done) => done && location.reload()); // what this page counts has changed
}
