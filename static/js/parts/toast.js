/* One polite line at the lower edge that stays until it is closed. */
addEventListener("say", (event) => {
  let toast = document.querySelector("body > .toast");
  if (!toast) {
    toast = document.createElement("div");
    toast.className = "toast";
    toast.setAttribute("role", "status");
    document.body.append(toast);
  }
  const words = document.createElement("p");
  words.textContent = event.detail;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "notice-close";
  close.dataset.close = "";
  close.textContent = "×";
  toast.replaceChildren(words, close);
});
addEventListener("click", (event) => {
  const button = event.target.closest("[data-close]");
  if (button) button.closest(".notice, .toast").remove();
});
