/* A file that is too big is told before it is sent: sending it takes minutes, and it would be refused. */

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
