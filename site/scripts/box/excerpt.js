// Code as the reader pasted it: lines with marks, and diffs.

import { copying } from "./copying.js";
import { el } from "./elements.js";

const AROUND = 1; // lines shown before and after a marked one

// The marked lines of `text` with their numbers; `marks` as in the JSON: start and end are [line, column] from 1.
export function excerpt(text, marks) {
  const lines = text.replace(/\n$/, "").split("\n");
  const shown = new Set();
  for (const { start, end } of marks) {
    for (let line = start[0] - AROUND; line <= Math.min(end[0], start[0] + 3) + AROUND; line++) shown.add(line);
  }
  const numbers = [...shown].filter((line) => line >= 1 && line <= lines.length).sort((a, b) => a - b);
  const rows = numbers.map((line, at) => [
    at && line > numbers[at - 1] + 1 ? el("span", { class: "gap" }, "…\n") : "",
    el("span", { class: "number" }, `${line} `.padStart(5)),
    marked(lines[line - 1], marks.filter(({ start }) => start[0] === line)),
    "\n",
  ]);
  return el("pre", { class: "code", tabindex: "0", role: "group", "aria-label": "Your code" }, el("code", {}, rows));
}

function marked(line, marks) {
  const characters = Array.from(line); // columns count characters, not the halves that JavaScript counts
  const parts = [];
  let at = 0;
  for (const { start, end } of [...marks].sort((a, b) => a.start[1] - b.start[1])) {
    const from = Math.max(start[1] - 1, at);
    const to = end[0] === start[0] ? end[1] - 1 : characters.length;
    if (to <= from) continue;
    parts.push(characters.slice(at, from).join(""), el("mark", {}, characters.slice(from, to).join("")));
    at = to;
  }
  return [...parts, characters.slice(at).join("")];
}

const KINDS = { "+": "ins", "-": "del", "@": "hunk" };

// A unified diff with a button that copies it.
export function diff(text) {
  const rows = text.replace(/\n$/, "").split("\n").map((line) => {
    const kind = /^(---|\+\+\+) /.test(line) ? "head" : (KINDS[line[0]] ?? "same");
    return el("span", { class: kind }, `${line}\n`);
  });
  const code = el("pre", { class: "diff", tabindex: "0", role: "group", "aria-label": "The change" }, el("code", {}, rows));
  return el("div", { class: "copied" }, code, copying("Copy the change", () => text));
}
