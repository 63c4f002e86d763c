// A diagnosis as elements: message first, then the cause, then the one thing to do.

import { copying } from "./copying.js";
import { drawing, el, prose } from "./elements.js";
import { diff, excerpt } from "./excerpt.js";

// `found` as the engine gives it; `texts` are the pasted files by name; `page(id)` is the address of a cause,
// `say(key, answer)` is called for an answer.
export function verdict(found, texts, page, say) {
  const { diagnosis, told } = found;
  const view = { texts, page, say, many: diagnosis.failures.length > 1, shown: new Map() };
  return [
    told.nothing && el("p", { class: "nothing" }, told.nothing),
    diagnosis.failures.map((failure, at) => one(failure, told.failures[at], at + 1, view)),
    diagnosis.notes.length > 0 && [el("h4", {}, "Also"), el("ul", {}, diagnosis.notes.map((note) => el("li", {}, note)))],
  ].flat(Infinity).filter(Boolean);
}

// One sentence for those who hear the page.
export function spoken({ diagnosis, told }) {
  const [first] = diagnosis.failures;
  if (!first) return told.nothing;
  const more = diagnosis.failures.length > 1 ? `${diagnosis.failures.length} failures. The first: ` : "";
  const asked = first.question ? " One question would tell more." : "";
  const [cause] = first.causes;
  return more + (cause ? `${cause.title} (${cause.confidence}).` : told.failures[0].nothing) + asked;
}

function one(failure, told, number, view) {
  const parts = [
    el("header", {}, el("h3", { tabindex: "-1" }, view.many ? `${number}. ` : "", told.headline), el("p", { class: "passing" }, told.passing)),
    failure.message && el("pre", { class: "message", tabindex: "0", role: "region", "aria-label": "The message" }, failure.message),
  ];
  const same = JSON.stringify([failure.causes, failure.question]);
  if (view.shown.has(same)) {
    const title = failure.causes[0]?.title ?? told.nothing;
    return el("article", { class: "failure" }, parts, el("p", {}, `The same as number ${view.shown.get(same)}: ${title}`));
  }
  view.shown.set(same, number);
  const [cause, ...others] = failure.causes;
  const asked = failure.question && question(failure.question, told, view);
  parts.push(cause ? named(cause, told.causes[0], asked, view) : [el("p", { class: "nothing" }, told.nothing), unknown(failure), asked]);
  if (others.length) parts.push(alternatives(others, view));
  return el("article", { class: "failure" }, parts.flat(Infinity).filter(Boolean));
}

function named(cause, told, asked, view) {
  return [
    el("h4", { class: "cause" }, el("a", { href: view.page(cause.id) }, cause.title)),
    el("p", { class: `confidence ${cause.confidence}` }, told.confidence),
    prose(told.what),
    told.picture && el("div", { class: "picture" }, drawing(told.picture)),
    asked,
    fix(cause, told),
    because(cause, view),
    folded("Why it happens", prose(told.why)),
    folded("Check that it worked", prose(told.check)),
    folded("Prevent it", prose(told.prevent)),
    cause.proved && el("p", { class: "passing" }, `Proved on ansible-core ${cause.proved}.`),
  ];
}

function fix(cause, told) {
  if (!cause.steps.length) return null;
  const steps = cause.steps.map((step, at) => {
    const { text, trust } = told.steps[at];
    return el("li", {}, prose(text), step.diff && [el("p", { class: "passing" }, `Your change, ${trust}:`), diff(step.diff)]);
  });
  return [el("h4", {}, "Fix"), el("ol", { class: "steps" }, steps)];
}

function because(cause, view) {
  if (!cause.because.length) return null;
  const files = Map.groupBy ? Map.groupBy(cause.marks, (mark) => mark.path) : grouped(cause.marks);
  return [
    el("h4", {}, "Why we think so"),
    el("ul", {}, cause.because.map((reason) => el("li", {}, reason))),
    [...files].map(([path, marks]) => view.texts[path] && excerpt(view.texts[path], marks)),
  ];
}

function grouped(marks) {
  const files = new Map();
  for (const mark of marks) files.set(mark.path, [...(files.get(mark.path) ?? []), mark]);
  return files;
}

function folded(title, content) {
  return content.length ? el("details", {}, el("summary", {}, title), content) : null;
}

function question({ key, answers }, told, view) {
  const buttons = [...answers, "not sure"].map((answer) =>
    el("button", { type: "button", onclick: () => view.say(key, answer) }, answer[0].toUpperCase() + answer.slice(1)),
  );
  return el(
    "fieldset",
    { class: "question" },
    el("legend", {}, "To tell the causes apart"),
    el("div", { class: "asked" }, prose(told.question)),
    el("div", { class: "answers" }, buttons),
    told.paste.length > 0 && el("div", { class: "passing" }, "Or add to the paste: ", prose(told.paste)),
  );
}

function alternatives(causes, view) {
  const rows = causes.map(({ id, title, confidence }) => el("li", {}, el("a", { href: view.page(id) }, title), ` (${confidence})`));
  return [el("h4", {}, "Other causes that fit, the likeliest first"), el("ol", { start: "2" }, rows)];
}

function unknown({ origin }) {
  const place = origin && `${origin.path}:${origin.line}${origin.column ? `:${origin.column}` : ""}`;
  return el(
    "p",
    {},
    place ? ["Ansible names the place ", el("code", {}, place), ". "] : "",
    "To know more, paste the whole output (run it again with ",
    el("code", {}, "-vvv"),
    ") and the file with the task.",
  );
}
