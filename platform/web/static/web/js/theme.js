import { keep } from "./cookie.js";

const THEMES = ["system", "light", "dark"];

/** Switch the theme in place instead of sending the form. */
export function switchTheme(form) {
  if (!form) return;
  const button = form.querySelector("button");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const theme = button.value;
    const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    document.documentElement.dataset.theme = theme;
    keep("theme", theme);
    button.value = next;
    button.setAttribute("aria-label", form.getAttribute(`data-label-${theme}`));
  });
}
