/* After a piece of the page was replaced, focus stays where it was and the change is said aloud;
   an answer without the piece (sign in first, something else instead) is another page. */
let focused = null;
addEventListener("htmx:beforeSwap", (event) => {
  const piece = event.detail.requestConfig.elt.closest("[hx-select]")?.getAttribute("hx-select");
  if (piece?.startsWith("#") && event.detail.xhr.status < 300 && !event.detail.xhr.responseText.includes(`id="${piece.slice(1)}"`)) {
    event.detail.shouldSwap = false;
    location.assign(event.detail.xhr.responseURL);
    return;
  }
  const active = document.activeElement;
  focused = event.detail.target.contains(active) ? { id: event.detail.target.id, own: active.id, name: active.name, value: active.value } : null;
});
addEventListener("htmx:afterSettle", () => {
  if (!focused) return;
  const target = document.getElementById(focused.id), now = document.activeElement;
  /* whoever went on elsewhere meanwhile stays there: the next key belongs to that place */
  if (!target || (now && now !== document.body && !target.contains(now))) return;
  const same = focused.own && document.getElementById(focused.own);
  const buttons = [...target.querySelectorAll(`[name="${focused.name}"]`)];
  const place = same && same.disabled ? same.form.querySelector("input:not([type=hidden])") : same || target.querySelector("[data-next]");
  (place || buttons.find((one) => one.value === focused.value || one.value === "none") || buttons[0] || target).focus();
});
/* Where the piece cannot be had, the form goes as it would without script: the page says why. */
const asBefore = (event) => {
  const form = event.detail.elt;
  if (!form.submit) return;
  const pressed = event.detail.requestConfig?.triggeringEvent?.submitter;
  if (pressed?.name) {
    const kept = document.createElement("input");
    kept.type = "hidden";
    kept.name = pressed.name;
    kept.value = pressed.value;
    form.append(kept);
  }
  form.submit();
};
addEventListener("htmx:sendError", asBefore);
addEventListener("htmx:responseError", asBefore);
