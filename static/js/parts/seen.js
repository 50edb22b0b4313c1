/* Goods seen lately: kept in this browser alone, once somebody said so, drawn from their numbers. */
const SEEN = "seen", SEEN_ON = "seen-on", MOST_SEEN = 12;
const seenIds = () => (JSON.parse(localStorage.getItem(SEEN) || "[]")).filter(Number.isInteger);
const keepSeen = (own) => {
  if (own) localStorage.setItem(SEEN, JSON.stringify([own, ...seenIds().filter((id) => id !== own)].slice(0, MOST_SEEN)));
};
const drawSeen = async (box, own) => {
  const on = localStorage.getItem(SEEN_ON) === "1";
  const button = box.querySelector("[data-seen-on]");
  button.textContent = on ? button.dataset.wordsOff : button.dataset.wordsOn;
  const ids = seenIds().filter((id) => id !== own).slice(0, 4);
  box.hidden = !own && !ids.length && !on;
  box.querySelector("[data-seen-head]").hidden = !ids.length;
  box.querySelector("[data-seen-forget]").hidden = !ids.length;
  const list = box.querySelector("[data-seen-list]");
  if (!ids.length) {
    list.replaceChildren();
    return;
  }
  const lang = new URLSearchParams(location.search).get("lang");
  const asked = `${box.dataset.url}?ids=${ids.join(",")}&lang=${lang || document.documentElement.lang}`;
  const answer = await fetch(asked, { credentials: "omit", headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer && answer.ok) list.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
};
addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("[data-seen]");
  if (!box) return;
  try {
    const own = Number(box.dataset.seen);
    drawSeen(box, own);
    if (localStorage.getItem(SEEN_ON) === "1") keepSeen(own);
    box.addEventListener("click", (event) => {
      if (event.target.closest("[data-seen-forget]")) localStorage.removeItem(SEEN);
      else if (event.target.closest("[data-seen-on]")) {
        const on = localStorage.getItem(SEEN_ON) === "1";
        localStorage.removeItem(SEEN);
        if (on) localStorage.removeItem(SEEN_ON);
        else {
          localStorage.setItem(SEEN_ON, "1");
          keepSeen(own);
        }
      } else return;
      drawSeen(box, own);
    });
  } catch {
    box.hidden = true;
  }
});
