/* After a piece of the page was replaced, focus stays where it was and the change is said aloud. */
let focused = null;
addEventListener("htmx:beforeSwap", (event) => {
  const active = document.activeElement;
  focused = event.detail.target.contains(active) ? { id: event.detail.target.id, name: active.name, value: active.value } : null;
});
addEventListener("htmx:afterSettle", () => {
  if (!focused) return;
  const target = document.getElementById(focused.id);
  if (!target) return;
  const buttons = [...target.querySelectorAll(`[name="${focused.name}"]`)];
  (buttons.find((one) => one.value === focused.value || one.value === "none") || buttons[0] || target).focus();
});
addEventListener("htmx:sendError", (event) => event.detail.elt.submit && event.detail.elt.submit());
