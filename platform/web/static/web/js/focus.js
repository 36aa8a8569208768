/** A form that came back with faults puts the reader at their summary, also after htmx has replaced it. */
export function focusFaults(root) {
  root.querySelector("[data-focus]")?.focus();
  document.addEventListener("htmx:afterSettle", (event) => event.target.querySelector?.("[data-focus]")?.focus());
}
