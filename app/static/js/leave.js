/* Asks before a page is left with words in a form[data-typed] that are not stored yet; the browser says it in its own
   words. A form that came back from the server, data-typed="back", is not stored either. */

const forms = [...document.querySelectorAll("form[data-typed]")];
const said = (form) => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
const before = new Map(forms.map((form) => [form, form.dataset.typed === "back" ? "" : said(form)]));
let sent = null;

addEventListener("submit", (event) => {
  sent = event.defaultPrevented ? null : event.target;
});
addEventListener("pageshow", () => {
  sent = null;
});
addEventListener("beforeunload", (event) => {
  if (forms.some((form) => form !== sent && said(form) !== before.get(form))) event.preventDefault();
});
