/** "/" goes to the search box, unless the person is typing somewhere. */
export function searchKey(input) {
  if (!input) return;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

/** The arrows walk through what is offered below the search box; Escape puts it away. */
export function walkOffers(offers) {
  const form = offers?.closest("form");
  form?.addEventListener("keydown", (event) => {
    const links = [...offers.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") offers.replaceChildren();
    if (!step || !links.length) return;
    event.preventDefault();
    const place = links.indexOf(document.activeElement) + step;
    (links[place] ?? form.querySelector("[data-search]")).focus();
  });
}
