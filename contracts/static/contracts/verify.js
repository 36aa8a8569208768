/** Computes the hash of the chosen file here, so that the file itself need not be sent. */
const form = document.querySelector("[data-verify]");
const file = form?.querySelector("[data-hash-of-file]");
const hash = form?.querySelector("input[name=sha256]");

// Without a secure context there is no crypto.subtle: the form then sends the file as it does without JavaScript.
if (file && hash && globalThis.crypto?.subtle) {
  form.querySelector("[data-only-hash]").hidden = false;
  form.addEventListener("submit", async (event) => {
    const chosen = file.files[0];
    if (!chosen) return;
    event.preventDefault();
    const digest = await crypto.subtle.digest("SHA-256", await chosen.arrayBuffer());
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    location.assign(`${form.action}?sha256=${hex}`);
  });
}
