// A requirement was chosen: bring its passages into view in both columns.
const show = () => {
  const line = /^#line-(\d+)$/.exec(location.hash);
  if (!line) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const side of document.querySelectorAll(".side__text")) {
    const passage = side.querySelector(`[data-line~="${line[1]}"]`);
    if (passage) side.scrollTo({ top: passage.offsetTop - side.offsetTop - side.clientHeight / 3, behavior: calm ? "auto" : "smooth" });
  }
};
addEventListener("hashchange", show);
show();
