const A_YEAR = 365 * 24 * 3600;

/** Keep a choice about the frame where the server sees it, so that the next page is drawn right at once. */
export function keep(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=${A_YEAR}; samesite=lax${secure}`;
}
