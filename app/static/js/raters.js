// While somebody is added: what will probably be shown with her, asked of the server after a short rest in the typing.

const form = document.getElementById("erbij");
const said = document.getElementById("vooruitblik");
let waiting;
let last = 0;

/** How many people this form would add. */
function count() {
  const data = new FormData(form);
  const lines = (data.get("lines") ?? "").split("\n").filter((line) => line.includes("@"));
  return data.getAll("colleagues").length + data.getAll("earlier").length + lines.length + Number(/.@./.test(data.get("email") ?? ""));
}

async function foresee() {
  const more = count();
  if (more === last) return;
  last = more;
  const address = new URL(said.dataset.address, location.href);
  address.search = new URLSearchParams({ groep: said.dataset.group, erbij: more });
  try {
    const answer = await fetch(address);
    const text = await answer.text();
    if (answer.ok && !answer.redirected && more === last) said.textContent = text;
  } catch { /* without a line the last forecast stays */ }
}

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.target.type === "search") return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(".send button"));
});
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(foresee, 300);
});
foresee();
