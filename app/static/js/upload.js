/* The file is chosen first. A file that is too big is told before it is sent: sending it takes minutes, and it would be
   refused. In the page it stands last, so that without a script the words come before it on the line. */

for (const part of document.querySelectorAll("[data-file]")) {
  const first = part.closest("form").querySelector(".field");
  if (first !== part) first.before(part);
}

for (const input of document.querySelectorAll("input[type=file][data-most]")) {
  const told = document.getElementById(input.dataset.tooBig);
  const look = () => {
    const tooBig = [...input.files].some((file) => file.size > Number(input.dataset.most));
    told.hidden = !tooBig;
    return tooBig;
  };
  input.addEventListener("change", look);
  input.form.addEventListener("submit", (event) => {
    if (!look()) return;
    event.preventDefault();
    input.focus();
  });
}
