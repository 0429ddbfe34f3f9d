/* Comforts around a goal; everything works without them.
   What is typed in a new goal is kept on this device until it is stored; the sum of the hours; one press is one post. */

const PREFIX = "doel.";
const words = (text) => text.trim().replace(/\s+/g, " ");

/* A draft whose goal stands on this page was stored. */
const stored = new Set([...document.querySelectorAll("[data-goal]")].map((element) => words(element.textContent)));
for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
  const kept = read(key);
  if (!kept || stored.has(words(kept.behaviour?.[0] ?? ""))) localStorage.removeItem(key);
}

/* A draft that can be read; another program may have written in its place. */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

const form = document.querySelector("form[data-draft]");
if (form) {
  const key = form.dataset.draft;
  const fields = () => [...form.elements].filter((field) => field.name && field.type !== "hidden");
  const toggles = (field) => field.type === "radio" || field.type === "checkbox";

  const typed = () => {
    const kept = {};
    for (const field of fields()) {
      if (toggles(field) ? field.checked : field.value.trim()) (kept[field.name] ??= []).push(field.value);
    }
    return kept;
  };

  const fill = (kept) => {
    for (const field of fields()) {
      const values = kept[field.name] ?? [];
      if (toggles(field)) field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
    }
  };

  const level = () => Number(form.elements.level_now?.value);
  const show = () => {
    const chosen = [...form.querySelectorAll("[data-hours]:checked")];
    const hours = chosen.reduce((sum, box) => sum + Number(box.dataset.hours), 0);
    const told = form.querySelector("[data-hours-sum]");
    told.textContent = hours ? told.dataset.hoursSum.replace("{hours}", hours.toLocaleString("nl")) : "";
    for (const box of form.querySelectorAll("[data-from]")) {
      const fits = level() >= Number(box.dataset.from) && level() < Number(box.dataset.to);
      box.closest("label").querySelector("[data-fits]").hidden = !fits;
    }
  };

  /* From a niveau of now, Tab goes to the one wanted beside it. Of choices without one made, Firefox stops at the first
     alone, and that one stands before. */
  form.addEventListener("keydown", (event) => {
    const { key, shiftKey, ctrlKey, altKey, metaKey, target } = event;
    if (key !== "Tab" || shiftKey || ctrlKey || altKey || metaKey || target.name !== "level_now") return;
    if (form.elements.level_target.value) return;
    event.preventDefault();
    form.elements.level_target[target.value - 1].focus();
  });

  const note = document.querySelector("[data-draft-note]");
  const draft = read(key);
  if (draft && !("answered" in form.dataset)) {
    fill(draft);
    note.hidden = false;
  }
  show();

  form.addEventListener("input", () => {
    localStorage.setItem(key, JSON.stringify(typed()));
    show();
  });
  document.querySelector("[data-draft-drop]").addEventListener("click", () => {
    localStorage.removeItem(key);
    fill({});
    note.hidden = true;
    show();
    form.elements.reason.focus();
  });
}

/* A second press while the first is on its way does nothing. */
document.addEventListener("submit", (event) => {
  if ("sent" in event.target.dataset) event.preventDefault();
  event.target.dataset.sent = "";
});
addEventListener("pageshow", () => {
  for (const sent of document.querySelectorAll("form[data-sent]")) delete sent.dataset.sent;
});
