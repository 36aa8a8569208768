import { keep } from "./cookie.js";

/** Show the button that folds the rail to its icons, and keep what was chosen. */
export function foldRail(button) {
  if (!button) return;
  const root = document.documentElement;
  button.hidden = false;
  button.addEventListener("click", () => {
    const rail = root.dataset.rail === "narrow" ? "wide" : "narrow";
    root.dataset.rail = rail;
    button.setAttribute("aria-expanded", String(rail === "wide"));
    keep("rail", rail);
  });
}
