/* A thing from all sides: a slider shows one picture; without script they stand in a row. */
addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-spin]").forEach((spin) => {
  const frames = [...spin.querySelectorAll(".spin-frame")];
  const slider = spin.querySelector("input"), words = spin.querySelector(".spin-words");
  const show = () => {
    frames.forEach((frame, n) => { frame.hidden = n !== slider.value - 1; });
    words.textContent = spin.dataset.words.replace("{n}", slider.value);
    slider.setAttribute("aria-valuetext", words.textContent);
  };
  spin.querySelectorAll("img").forEach((image) => { image.loading = "eager"; });
  spin.classList.add("turns");
  spin.querySelector(".spin-frames").removeAttribute("tabindex");
  slider.parentElement.hidden = false;
  slider.addEventListener("input", show);
  show();
}));
