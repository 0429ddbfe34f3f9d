/* A tussenstand of hers, or the reaction to it: keeps each field the moment it is filled in. Without it the same form
   keeps everything on "Bewaar". */

import { saving } from "./saving.js";

const config = JSON.parse(document.querySelector("#bewaren").textContent);
const form = document.querySelector("#formulier");
const { outbox, keepTyped } = saving(config, form, showAll);
const known = (name) => config.fields.includes(name);
const valueOf = (name) => form.elements[name].value;
const same = (one, other) => one.trim() === other.trim();

function show(name, value) {
  const field = form.elements[name];
  if (field instanceof RadioNodeList) for (const tile of field) tile.checked = tile.value === value;
  else field.value = value;
}

/* Puts what is stored on the page, except where something newer waits. True when that is news. */
function showAll(stored) {
  const late = new Set(outbox.waiting.map(([, name]) => name));
  let news = false;
  for (const name of config.fields) {
    const value = stored.answers[name] ?? "";
    if (late.has(name) || same(value, valueOf(name))) continue;
    show(name, value);
    news = true;
  }
  return news;
}

for (const [, name, value] of outbox.waiting) if (known(name)) show(name, value);
for (const text of form.querySelectorAll("textarea")) if (known(text.name)) keepTyped(text, text.name);

form.addEventListener("change", ({ target }) => {
  if (target.type !== "radio" || !known(target.name)) return;
  outbox.put(config.page, target.name, valueOf(target.name));
  outbox.flush();
});

outbox.flush();
