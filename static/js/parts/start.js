/* Says that scripts run, so that what needs them may show itself. */
document.documentElement.classList.add("js");
addEventListener("DOMContentLoaded", () => {
  for (const one of document.querySelectorAll("[data-copy], [data-close]")) one.hidden = false;
  const faults = document.querySelector(".form-faults");
  if (faults) faults.focus();
});
