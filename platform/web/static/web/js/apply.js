const BESIDE = matchMedia("(min-width: 62rem)");

/** Where filters stand beside their list, a choice applies at once; on a phone it waits for the button. */
export function applyAtOnce() {
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-apply-at-once]");
    if (!form || !event.target.matches("input[type=checkbox], select")) return;
    if (BESIDE.matches || event.target.matches("select")) form.requestSubmit();
  });
}
