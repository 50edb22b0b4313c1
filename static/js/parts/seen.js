/* Goods seen lately: kept in this browser alone, drawn from their numbers, erased by one click. */
const SEEN = "seen", SEEN_OFF = "seen-off", MOST_SEEN = 12;
const seenIds = () => (JSON.parse(localStorage.getItem(SEEN) || "[]")).filter(Number.isInteger);
const drawSeen = async (box, own) => {
  const off = localStorage.getItem(SEEN_OFF) === "1";
  const button = box.querySelector("[data-seen-off]");
  button.textContent = off ? button.dataset.wordsOn : button.dataset.wordsOff;
  const ids = seenIds().filter((id) => id !== own).slice(0, 4);
  box.hidden = !ids.length && !off;
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
    if (own && localStorage.getItem(SEEN_OFF) !== "1") {
      localStorage.setItem(SEEN, JSON.stringify([own, ...seenIds().filter((id) => id !== own)].slice(0, MOST_SEEN)));
    }
    box.addEventListener("click", (event) => {
      if (event.target.closest("[data-seen-forget]")) localStorage.removeItem(SEEN);
      else if (event.target.closest("[data-seen-off]")) {
        const off = localStorage.getItem(SEEN_OFF) === "1";
        if (off) localStorage.removeItem(SEEN_OFF);
        else localStorage.setItem(SEEN_OFF, "1");
        if (!off) localStorage.removeItem(SEEN);
      } else return;
      drawSeen(box, own);
    });
  } catch {
    box.hidden = true;
  }
});
