/* What is being written stays in this browser until it was sent. */
const kept = (form) => `draft:${form.dataset.draft}`;
addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const words = form.querySelector("textarea");
    if (!words) continue;
    try {
      if (!words.value) words.value = localStorage.getItem(kept(form)) || "";
      words.addEventListener("input", () => localStorage.setItem(kept(form), words.value));
      form.addEventListener("submit", () => localStorage.removeItem(kept(form)));
    } catch {
      return;
    }
  }
});
