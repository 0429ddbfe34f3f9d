/* What every page may need: focus on the list of errors, words that are only true with a script, a button that prints,
   folded parts open on paper, text boxes that grow, table roles where rows are blocks, a zakkaart that is somebody
   else's forgotten. */

document.querySelector(".errors")?.focus();
for (const text of document.querySelectorAll("[data-scripted]")) text.textContent = text.dataset.scripted;

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

const opened = new Set();
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details:not([open])")) {
    part.open = true;
    opened.add(part);
  }
});
addEventListener("afterprint", () => {
  for (const part of opened) part.open = false;
  opened.clear();
});

/* A text box grows with its text; where the stylesheet cannot make it (field-sizing), this does. */
if (!CSS.supports("field-sizing", "content")) {
  const grow = (text) => {
    const hidden = text.scrollHeight - text.clientHeight;
    if (hidden > 0) text.style.height = `${text.offsetHeight + hidden}px`;
  };
  for (const text of document.querySelectorAll("textarea")) grow(text);
  for (const moment of ["input", "focusin"]) {
    document.addEventListener(moment, ({ target }) => target.matches("textarea") && grow(target));
  }
}

/* `display: grid` takes the table out of the accessibility tree in some browsers; the roles put it back. */
const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", "thead th": "columnheader", "tbody th": "rowheader" };
for (const table of document.querySelectorAll("table.stack")) {
  table.setAttribute("role", "table");
  for (const [part, role] of Object.entries(roles)) {
    for (const element of table.querySelectorAll(part)) element.setAttribute("role", role);
  }
}

/* Who signs in by whatever door on a device that another used: that person's card does not stay. */
const me = document.querySelector(".me")?.dataset.person;
if (me && "caches" in window && await caches.has("zakkaart").catch(() => false)) {
  const whose = await caches.match("/zakkaart/van", { cacheName: "zakkaart" });
  if (await whose?.text() !== me) await caches.delete("zakkaart");
}
