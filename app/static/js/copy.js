/* A button that copies the text it belongs to; where the clipboard is closed to us it selects the text instead. */

for (const button of document.querySelectorAll("[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  const told = button.parentElement.querySelector("[role=status]");
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      told.textContent = button.dataset.done;
    } catch {
      getSelection().selectAllChildren(text);
      told.textContent = button.dataset.failed;
    }
  });
}
