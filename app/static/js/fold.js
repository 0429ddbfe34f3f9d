// On a narrow screen the rows of a table fold away under their group, unless it begins open (data-open). Without a
// script, and on paper, all are there.

const narrow = matchMedia("screen and (max-width: 57.99rem)");

/** A group's name becomes a button that opens and closes its rows. */
function fold(group) {
  const head = group.querySelector(".group-row > th");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "fold";
  button.append(...head.childNodes);
  head.append(button);
  const show = (open) => {
    button.setAttribute("aria-expanded", String(open));
    group.classList.toggle("folded", !open);
  };
  button.addEventListener("click", () => show(group.classList.contains("folded")));
  show("open" in group.dataset);
}

function unfold(group) {
  const button = group.querySelector(".fold");
  group.classList.remove("folded");
  button?.replaceWith(...button.childNodes);
}

function settle() {
  for (const group of document.querySelectorAll("table.folds > tbody")) {
    if (narrow.matches) fold(group);
    else unfold(group);
  }
}

narrow.addEventListener("change", settle);
settle();
