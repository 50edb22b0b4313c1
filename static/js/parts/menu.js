/* Menus close by Escape, by a click outside, and when focus leaves them. */
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement && document.activeElement.closest("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
const closeOthers = (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
};
addEventListener("click", closeOthers);
addEventListener("focusin", closeOthers);
