/* The number of new notices follows every 30 s while the page is looked at. */
const BADGE_MS = 30000;
const badgeAsk = async (link) => {
  if (document.visibilityState !== "visible") return;
  const answer = await fetch(`${link.dataset.count}?seen=${link.dataset.known}`).catch(() => null);
  if (!answer || answer.status !== 200 || answer.redirected) return;
  const count = (await answer.json()).count;
  link.dataset.known = count;
  for (const place of document.querySelectorAll("[data-count], [data-count-too]")) {
    let sign = place.querySelector(".head-count");
    if (!sign && count) {
      sign = document.createElement("span");
      sign.className = "head-count";
      place.append(" ", sign);
    }
    if (sign && count) sign.textContent = count;
    else if (sign) sign.remove();
  }
};
addEventListener("DOMContentLoaded", () => {
  const link = document.querySelector("[data-count]");
  if (link) setInterval(() => badgeAsk(link), BADGE_MS);
});
