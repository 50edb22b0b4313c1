/* On devices with a share sheet of their own, that one opens instead of the list. */
addEventListener("click", (event) => {
  const summary = event.target.closest(".share > summary");
  if (!summary || !navigator.share || !matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  const { share, title } = summary.parentElement.dataset;
  navigator.share({ title, url: share }).catch(() => {});
});
