/* Copies what stands in the element named by data-copy and says so. */
addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  const words = button.dataset.copyValue || source.value || source.textContent;
  try {
    await navigator.clipboard.writeText(words.trim());
    dispatchEvent(new CustomEvent("say", { detail: document.body.dataset.copied }));
  } catch {
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
  }
});
