/* A practice sheet: saves each field the moment it is filled in, and adds and removes rows. Without it the same form
   saves on "Bewaar", and its buttons add and remove rows. */

import { saving } from "./saving.js";

const config = JSON.parse(document.querySelector("#bewaren").textContent);
const form = document.querySelector("#vragen");
const { outbox, keepTyped } = saving(config, form, showAll, hear);
const fields = form ? [...form.querySelectorAll("[data-field]")] : [];
const costs = document.querySelector("[data-costs]");
const named = (code) => fields.find((field) => field.dataset.field === code);
const inputs = (field) => [...field.querySelectorAll("input:not([type=hidden]), textarea")];
const rows = (field) => [...field.querySelectorAll("[data-row]")];
const plain = (value) => JSON.stringify(Array.isArray(value) ? value.map((row) => (typeof row === "string" ? row : filled(row))).filter((row) => row.length) : String(value ?? ""));
const filled = (row) => Object.entries(row).filter(([, text]) => text.trim()).map(([column, text]) => [column, text.trim()]).sort();

function valueOf(field) {
  const kind = field.dataset.type;
  if (kind === "list") return rows(field).map((row) => Object.fromEntries(inputs(row).map((input) => [input.dataset.column, input.value])));
  if (kind === "multiple") return inputs(field).filter((input) => input.checked).map((input) => input.value);
  if (inputs(field)[0].type === "radio") return inputs(field).find((input) => input.checked)?.value || null;
  return inputs(field)[0].value;
}

function show(field, value) {
  const kind = field.dataset.type;
  if (kind === "list") return showRows(field, value ?? []);
  for (const input of inputs(field)) {
    if (input.type === "checkbox") input.checked = (value ?? []).includes(input.value);
    else if (input.type === "radio") input.checked = input.value === String(value ?? "");
    else input.value = value ?? "";
  }
}

/* Puts what is stored on the page, except where something newer waits. True when that is news. */
function showAll(stored) {
  const late = new Set(outbox.waiting.map(([, field]) => field));
  let news = false;
  for (const field of fields) {
    const value = stored.answers[field.dataset.field] ?? null;
    if (late.has(field.dataset.field) || plain(value) === plain(valueOf(field))) continue;
    if (plain(value) === plain([]) && plain(valueOf(field)) === plain("")) continue;
    if (value === null && plain(valueOf(field)) === plain([])) continue;
    show(field, value);
    news = true;
  }
  return news;
}

/* What the server answered to a change: what looks like a person, and what it could not keep. */
function hear(answer) {
  for (const [code, text] of Object.entries(answer.warnings ?? {})) {
    tell(named(code), "[data-warning]", text);
    tell(named(code), "[data-error]", "");
  }
  if (answer.costs) showCosts(answer.costs);
  if (answer.field) tell(named(answer.field), "[data-error]", answer.message);
}

function tell(field, where, text) {
  const told = field?.querySelector(where);
  if (!told) return;
  told.hidden = !text;
  if (told.querySelector("span").textContent !== text) told.querySelector("span").textContent = text;
}

/* What the costs add up to, as the server worked it out; pale as long as something of it is under way. */
function showCosts({ lines, totals, notes }) {
  if (!costs) return;
  const element = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });
  const row = (name, how, amount) => {
    const made = element("tr", "");
    made.append(element("th", `${name} `, { scope: "row" }), element("td", amount, { className: "num" }));
    made.firstChild.append(element("span", how, { className: "quiet small" }));
    return made;
  };
  costs.querySelector("tbody").replaceChildren(...lines.map((line) => row(line.name, line.how, line.amount)));
  costs.querySelector("tfoot").replaceChildren(...totals.map(([label, amount]) => row(label, "", amount)));
  costs.querySelector("ul").replaceChildren(...notes.map((note) => element("li", note)));
  costs.classList.remove("late");
}

function keep(field) {
  outbox.put(config.page, field.dataset.field, valueOf(field));
  outbox.flush();
}

/* Rows of a list: each has its number in names, ids and words. */
function number(field) {
  rows(field).forEach((row, place) => {
    row.dataset.row = place;
    for (const said of row.querySelectorAll("[data-number]")) said.textContent = place + 1;
    for (const input of inputs(row)) {
      const code = `f-${field.dataset.field}`;
      input.name = `${code}.${place}.${input.dataset.column}`;
      input.id = `${code}-${place}-${input.dataset.column}`;
      row.querySelector(`[data-for="${input.dataset.column}"]`).htmlFor = input.id;
    }
    row.querySelector("[name=weg]").value = `${field.dataset.field}.${place}`;
  });
}

function addRow(field) {
  const last = rows(field).at(-1);
  const row = last.cloneNode(true);
  for (const input of inputs(row)) {
    input.value = "";
    input.removeAttribute("aria-invalid");
  }
  last.after(row);
  number(field);
  listen(field, row);
  return row;
}

function removeRow(field, row) {
  const place = Number(row.dataset.row);
  if (rows(field).length > 1) row.remove();
  else for (const input of inputs(row)) input.value = "";
  number(field);
  keep(field);
  inputs(rows(field)[Math.max(0, place - 1)])[0].focus();
}

function showRows(field, values) {
  const room = Math.max(values.length, 1);
  while (rows(field).length < room) addRow(field);
  while (rows(field).length > Math.max(room, Number(field.dataset.needed))) rows(field).at(-1).remove();
  number(field);
  rows(field).forEach((row, place) => {
    for (const input of inputs(row)) input.value = values[place]?.[input.dataset.column] ?? "";
  });
}

function listen(field, part) {
  for (const input of inputs(part)) {
    if (!["radio", "checkbox"].includes(input.type)) keepTyped(input, field.dataset.field, () => valueOf(field));
  }
}

if (form) {
  for (const [, code, value] of outbox.waiting) if (named(code)) show(named(code), value);
  for (const field of fields) listen(field, field);

  form.addEventListener("input", ({ target }) => {
    const field = target.closest("[data-field]");
    if (field && (field.dataset.type === "list" || costs?.previousElementSibling === field)) costs?.classList.add("late");
  });

  form.addEventListener("change", ({ target }) => {
    const field = target.closest("[data-field]");
    if (field && ["radio", "checkbox", "date"].includes(target.type)) keep(field);
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=meer], button[name=weg]");
    const field = button?.closest("[data-field]");
    if (!field) return;
    event.preventDefault();
    if (button.name === "weg") return removeRow(field, button.closest("[data-row]"));
    if (rows(field).length >= Number(field.dataset.rows)) return tell(field, "[data-error]", config.texts.full);
    inputs(addRow(field))[0].focus();
  });

  outbox.flush();
}
