/* On devices with a share sheet of their own, that one opens instead of the list. */
addEventListener("click", (event) => {
  const summary = event.target.closest(".share > summary");
  if (!summary || !navigator.share || !matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  const { share, title, text } = summary.parentElement.dataset;
  const words = text.replace(share, "").trim();
  navigator.share({ title, text: words, url: share }).catch(() => {});
});
