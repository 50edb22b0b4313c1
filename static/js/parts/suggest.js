/* Suggestions below the search field: a combobox with a list (ARIA 1.2). Own searches of this session stay in this tab. */
const BEFORE = "searches", MOST_BEFORE = 5, MOST_ROWS = 8, WAIT = 120;
const searchedBefore = () => {
  try {
    return JSON.parse(sessionStorage.getItem(BEFORE) || "[]").filter((one) => typeof one === "string");
  } catch {
    return [];
  }
};
const rememberSearch = (words) => {
  try {
    sessionStorage.setItem(BEFORE, JSON.stringify([words, ...searchedBefore().filter((one) => one !== words)].slice(0, MOST_BEFORE)));
  } catch {
    /* no room, no memory */
  }
};
const beforeRow = (form, words) => {
  const row = document.createElement("li"), mark = document.createElement("span"), said = document.createElement("span"), kind = document.createElement("span");
  row.className = "suggestion suggestion-before";
  row.setAttribute("role", "option");
  row.dataset.url = `${form.action}?q=${encodeURIComponent(words)}`;
  mark.className = "suggestion-mark";
  mark.append(form.querySelector("button .icon").cloneNode(true));
  mark.setAttribute("aria-hidden", "true");
  said.className = "suggestion-words";
  said.textContent = words;
  kind.className = "small soft suggestion-kind";
  kind.textContent = form.dataset.wordsBefore;
  row.append(mark, said, kind);
  return row;
};
const suggestFor = (form) => {
  const input = form.querySelector("input"), list = document.createElement("ul"), status = document.createElement("p");
  let timer = 0, asking = null, at = -1;
  list.id = "search-suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.wordsList);
  list.hidden = true;
  status.className = "unseen";
  status.setAttribute("role", "status");
  form.append(list, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
  const close = () => {
    clearTimeout(timer);
    if (asking) asking.abort();
    at = -1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const draw = (rows, said) => {
    at = -1;
    input.removeAttribute("aria-activedescendant");
    rows.forEach((row, n) => {
      row.id = `search-suggestion-${n}`;
      row.setAttribute("aria-selected", "false");
    });
    list.replaceChildren(...rows);
    list.hidden = !rows.length;
    input.setAttribute("aria-expanded", String(rows.length > 0));
    status.textContent = said;
  };
  const own = (typed) => searchedBefore().filter((one) => one.toLowerCase().startsWith(typed.toLowerCase()) && one !== typed).slice(0, typed ? 2 : MOST_BEFORE).map((one) => beforeRow(form, one));
  const ask = async () => {
    const typed = input.value, mine = own(typed.trim());
    if (asking) asking.abort();
    if (typed.trim().length < 2) return draw(mine, "");
    asking = new AbortController();
    const lang = new URLSearchParams(location.search).get("lang");
    const asked = `${form.dataset.suggest}?q=${encodeURIComponent(typed)}${lang ? `&lang=${lang}` : ""}`;
    const answer = await fetch(asked, { headers: { "HX-Request": "true" }, signal: asking.signal }).catch(() => null);
    if (!answer || !answer.ok || document.activeElement !== input) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (input.value !== typed) return;
    const known = new Set(mine.map((row) => row.querySelector(".suggestion-words").textContent.toLowerCase()));
    const rows = [...page.querySelectorAll("li")].filter((row) => !row.matches(".suggestion-query") || !known.has(row.querySelector(".suggestion-words").textContent.trim().toLowerCase()));
    draw([...mine, ...rows].slice(0, MOST_ROWS), page.querySelector("[data-said]").textContent);
  };
  const choose = (next) => {
    const rows = [...list.children];
    at = (next + rows.length + 1) % (rows.length + 1);
    rows.forEach((row, n) => row.setAttribute("aria-selected", String(n === at)));
    if (at === rows.length) {
      at = -1;
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", rows[at].id);
      rows[at].scrollIntoView({ block: "nearest" });
    }
  };
  const open = (row, apart) => {
    if (row.matches(".suggestion-query, .suggestion-before")) rememberSearch(row.querySelector(".suggestion-words").textContent.trim());
    if (apart) window.open(row.dataset.url, "_blank", "noopener");
    else location.assign(row.dataset.url);
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("focus", () => {
    if (!input.value) draw(own(""), "");
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && list.hidden) ask();
    else if (event.key === "ArrowDown" && !list.hidden) choose(at + 1);
    else if (event.key === "ArrowUp" && !list.hidden) choose(at < 0 ? list.children.length - 1 : at - 1 < 0 ? list.children.length : at - 1);
    else if (event.key === "Enter" && at >= 0) open(list.children[at], event.ctrlKey || event.metaKey);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("li");
    if (row) open(row, event.ctrlKey || event.metaKey);
  });
  form.addEventListener("submit", () => {
    if (input.value.trim()) rememberSearch(input.value.trim());
  });
};
addEventListener("DOMContentLoaded", () => document.querySelectorAll("form[data-suggest]").forEach(suggestFor));
