/* A free board: things are pushed, pulled and turned, taken back, and saved as they lie. */
const BOARD = 10000, LEAST = 400, NAMES = ["x", "y", "w", "h", "rot", "z"];
const KEYS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "higher", ArrowDown: "lower", "+": "larger", "-": "smaller",
  ".": "turn", ",": "turn-back", PageUp: "front", PageDown: "back" };
const between = (value, low, high) => Math.min(Math.max(Math.round(value), low), Math.max(low, high));
const within = (p) => {
  const w = between(p.w, 100, BOARD), h = between(p.h, 100, BOARD);
  return { ...p, w, h, x: between(p.x, 0, BOARD - w), y: between(p.y, 0, BOARD - h), rot: ((Math.round(p.rot) + 1800) % 3600 + 3600) % 3600 - 1800 };
};
const sized = (p, factor) => {
  const scale = Math.max(Math.min(factor, BOARD / Math.max(p.w, p.h)), LEAST / Math.min(p.w, p.h));
  const w = p.w * scale, h = p.h * scale;
  return within({ ...p, w, h, x: p.x - (w - p.w) / 2, y: p.y - (h - p.h) / 2 });
};
const pushed = (p, step, by) => within({ left: { ...p, x: p.x - by }, right: { ...p, x: p.x + by }, higher: { ...p, y: p.y - by },
  lower: { ...p, y: p.y + by }, turn: { ...p, rot: p.rot + by / 2 }, "turn-back": { ...p, rot: p.rot - by / 2 },
  front: { ...p, z: BOARD }, back: { ...p, z: 0 } }[step] || sized(p, step === "larger" ? 1.1 : 0.9));
const startCollage = (box) => {
  const svg = box.querySelector("svg"), words = JSON.parse(box.dataset.words), auto = "autosave" in box.dataset;
  const rows = [...svg.querySelectorAll("[data-lying]")].sort((a, b) => a.dataset.lying - b.dataset.lying);
  const state = box.querySelector("[data-collage-state]"), said = box.querySelector("[data-collage-said]");
  const tool = (act) => box.querySelector(`[data-collage-act="${act}"]`);
  const decimal = document.documentElement.lang === "de" ? "," : ".";
  let places = rows.map((g) => Object.fromEntries(g.dataset.place.split(" ").map((value, n) => [NAMES[n], Number(value)])));
  let past = [], future = [], version = box.dataset.version, timer = 0, sending = false, changed = false, tries = 0, flight = Promise.resolve();
  const form = (n) => document.querySelector(`#slot-${rows[n].dataset.lying} form`);
  const say = (n, text) => { said.textContent = `${rows[n].dataset.name}, ${n + 1} / ${rows.length}, ${text}`; };
  const draw = () => {
    places.map((p, n) => [p.z, n]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).forEach(([, n], z) => { places[n] = { ...places[n], z: z + 1 }; });
    const active = document.activeElement;
    rows.forEach((g, n) => {
      const p = places[n];
      g.setAttribute("transform", `rotate(${p.rot / 10} ${p.x + p.w / 2} ${p.y + p.h / 2})`);
      for (const one of g.querySelectorAll(":scope > svg, .collage-frame")) {
        for (const [name, value] of [["x", p.x], ["y", p.y], ["width", p.w], ["height", p.h]]) one.setAttribute(name, value);
      }
      const at = { size: [p.x + p.w, p.y + p.h], turn: [p.x + p.w / 2, p.y] };
      for (const dot of g.querySelectorAll(".collage-handle")) ["cx", "cy"].forEach((name, i) => dot.setAttribute(name, at[dot.dataset.does][i]));
      for (const name of ["x", "y", "w", "h", "rot"]) {
        const input = form(n) && form(n).elements[name];
        if (input) input.value = String(p[name] / (name === "rot" ? 10 : 100)).replace(".", decimal);
      }
    });
    const order = rows.map((g, n) => [places[n].z, g]).sort((a, b) => a[0] - b[0]).map(([, g]) => g);
    if ([...svg.querySelectorAll("[data-lying]")].some((g, n) => g !== order[n])) {
      svg.append(...order);
      if (svg.contains(active) || rows.includes(active)) active.focus({ preventScroll: true });
    }
    tool("undo").disabled = !past.length;
    tool("redo").disabled = !future.length;
  };
  const send = async (keepalive) => {
    sending = true; changed = false;
    state.textContent = words.saving;
    const body = new FormData();
    body.set("csrf_token", document.querySelector("[name=csrf_token]").value);
    body.set("version", version);
    body.set("layout", JSON.stringify(places));
    const answer = await fetch(box.dataset.collage, { method: "POST", body, keepalive, headers: { Accept: "application/json" } }).catch(() => null);
    sending = false;
    const found = answer ? await answer.json().catch(() => null) : null;
    if (answer && answer.ok && found) {
      version = found.version; tries = 0;
      for (const field of document.querySelectorAll("input[name=version]")) field.value = version;
      state.textContent = found.saved;
      if (changed) later();
    } else if (answer && answer.status < 500) {
      state.textContent = answer.status === 409 ? words.conflict : (found && found.detail) || words.failed;
    } else {
      changed = true; tries += 1;
      state.textContent = words.failed;
      if (tries < 20) later(5000);
    }
  };
  const save = (keepalive = false) => {
    clearTimeout(timer);
    if (changed && !sending) flight = send(keepalive);
    return flight;
  };
  const later = (pause = 700) => {
    clearTimeout(timer);
    if (auto) timer = setTimeout(save, pause);
    else { tool("save").disabled = false; state.textContent = words.unsaved; }
  };
  const commit = (before) => {
    past = [...past, before].slice(-100); future = []; changed = true;
    draw(); later();
  };
  const change = (n, place, text) => {
    const before = [...places];
    places[n] = place;
    commit(before);
    say(n, text);
  };
  const travel = (from, to, text) => {
    if (!from.length) return;
    to.push([...places]); places = from.pop(); changed = true;
    draw(); later();
    said.textContent = text;
  };
  const undo = () => travel(past, future, words.undone), redo = () => travel(future, past, words.redone);
  const point = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const pull = (event, n, does) => {
    const before = [...places], old = places[n], from = point(event), middle = { x: old.x + old.w / 2, y: old.y + old.h / 2 };
    const far = (at) => Math.hypot(at.x - middle.x, at.y - middle.y), angle = (at) => Math.atan2(at.y - middle.y, at.x - middle.x);
    const move = (next) => {
      const at = point(next);
      places[n] = does === "size" ? sized(old, far(at) / Math.max(1, far(from)))
        : does === "turn" ? within({ ...old, rot: old.rot + (angle(at) - angle(from)) * 1800 / Math.PI })
          : within({ ...old, x: old.x + at.x - from.x, y: old.y + at.y - from.y });
      draw();
    };
    const end = () => {
      rows[n].removeEventListener("pointermove", move);
      if (JSON.stringify(places[n]) !== JSON.stringify(old)) { commit(before); say(n, words.moved); }
    };
    rows[n].setPointerCapture(event.pointerId);
    rows[n].addEventListener("pointermove", move);
    rows[n].addEventListener("pointerup", end, { once: true });
    rows[n].addEventListener("pointercancel", end, { once: true });
  };
  rows.forEach((g, n) => {
    g.setAttribute("tabindex", "0");
    g.setAttribute("role", "img");
    g.setAttribute("aria-label", `${g.dataset.name}, ${n + 1} / ${rows.length}`);
    for (const does of ["size", "turn"]) {
      const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      dot.setAttribute("class", `collage-handle collage-handle-${does}`);
      dot.setAttribute("r", "260");
      dot.dataset.does = does;
      g.append(dot);
    }
    g.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      g.focus({ preventScroll: true });
      pull(event, n, event.target.dataset.does || "move");
    });
    g.addEventListener("keydown", (event) => {
      const step = KEYS[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      change(n, pushed(places[n], step, event.shiftKey ? 500 : 100), words[step]);
    });
    if (!form(n)) return;
    form(n).addEventListener("click", (event) => {
      const button = event.target.closest("button[name=step]");
      if (!button || !words[button.value] || !button.closest(".slot-pushes")) return;
      event.preventDefault();
      change(n, pushed(places[n], button.value, 100), words[button.value]);
    });
  });
  box.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || !["z", "y", "Z"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "z") undo(); else redo();
  });
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-collage-act]");
    if (button) ({ undo, redo, save: () => { button.disabled = true; save(); } })[button.dataset.collageAct]();
  });
  addEventListener("pagehide", () => { if (auto) save(true); });
  for (const one of document.querySelectorAll("main form")) {
    one.addEventListener("submit", async (event) => {
      if (!changed && !sending) return;
      event.preventDefault();
      await save();
      one.requestSubmit(event.submitter);
    });
  }
  svg.setAttribute("role", "group");
  box.classList.add("collage-live");
  for (const one of box.querySelectorAll(".collage-tools, .collage-hint")) one.hidden = false;
  draw();
};
addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll("[data-collage]")) startCollage(box);
});
