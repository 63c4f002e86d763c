// Buttons that put a text on the clipboard, and say whether it worked.

import { el } from "./elements.js";

// `text` is a function, called when the button is pressed; it may be asynchronous and may throw.
export function copying(label, text) {
  const button = el("button", { type: "button", class: "quiet", onclick: press }, label);
  async function press() {
    let said = "Copied";
    try {
      await onto(await text());
    } catch (error) {
      said = error.message || "Not copied";
    }
    button.textContent = said;
    setTimeout(() => (button.textContent = label), 4000);
  }
  return button;
}

// Outside of HTTPS and localhost there is no clipboard but the old command.
async function onto(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const held = el("textarea", { class: "unseen", "aria-hidden": "true" });
  held.value = text;
  document.body.append(held);
  held.select();
  const worked = document.execCommand("copy");
  held.remove();
  if (!worked) throw new Error("This browser does not let a page copy");
}
