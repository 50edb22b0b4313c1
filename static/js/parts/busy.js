/* A form is sent once: after 400 ms its button says that the answer is on its way. */
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  const button = event.submitter;
  if (!button) return;
  setTimeout(() => {
    button.classList.add("is-busy");
    button.setAttribute("aria-busy", "true");
    const words = button.querySelector("span");
    if (words && button.matches(".button-main")) words.textContent = document.body.dataset.sending;
  }, 400);
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll(".is-busy")) button.classList.remove("is-busy");
});
