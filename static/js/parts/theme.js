/* Light or dark changes at once; the choice is kept by the form. */
addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form) return;
  event.preventDefault();
  event.stopPropagation();
  const data = new FormData(form, event.submitter);
  const theme = data.get("theme");
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === event.submitter));
  fetch(form.action, { method: "POST", body: data, credentials: "same-origin" }).catch(() => form.submit());
}, true);
