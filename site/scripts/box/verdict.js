// A diagnosis as elements: message first, then the cause, then the one thing to do.

import { copying } from "./copying.js";
import { drawing, el, prose } from "./elements.js";
import { diff, excerpt } from "./excerpt.js";

const IGNORED = ["ignored failures", "shown"]; // assistant/front/box/answering.py calls it so

// `found` as the engine gives it; `texts` are the pasted files by name; `page(id)` is the address of a cause,
// `say(key, answer)` is called for an answer.
export function verdict(found, texts, page, say) {
  const { diagnosis, told } = found;
  const view = { texts, page, say, many: outer(diagnosis).length > 1, shown: new Map() };
  return [
    told.nothing && el("p", { class: "nothing", tabindex: "-1" }, told.nothing),
    diagnosis.failures.map((failure, at) => one(failure, told.failures[at], number(diagnosis, at), view)),
    diagnosis.notes.length > 0 && [el("h4", {}, "Also"), el("ul", {}, diagnosis.notes.map((note) => el("li", {}, note)))],
    told.spared && el("p", {}, el("button", { type: "button", class: "quiet", onclick: () => say(...IGNORED) }, told.spared)),
  ].flat(Infinity).filter(Boolean);
}

// What failed by itself; what failed inside one of them comes right behind it and has its number.
const outer = (diagnosis) => diagnosis.failures.filter((failure) => !failure.within);
const number = (diagnosis, at) => outer({ failures: diagnosis.failures.slice(0, at + 1) }).length;

// One sentence for those who hear the page.
export function spoken({ diagnosis, told }) {
  const [first] = diagnosis.failures;
  if (!first) return told.nothing;
  const several = outer(diagnosis).length;
  const more = several > 1 ? `${several} failures. The first: ` : "";
  const asked = first.question ? " One question would tell more." : "";
  const [cause] = first.causes;
  return more + (cause ? `${cause.title} (${cause.confidence}).` : told.failures[0].nothing) + asked;
}

function one(failure, told, number, view) {
  const head = el("h3", { class: "kicker", tabindex: "-1" }, view.many && !failure.within ? `${number}. ` : "", told.headline);
  const text = told.unknown ? told.unknown.message : failure.message;
  const message = text && !failure.within && el("pre", { class: "message", tabindex: "0", role: "group", "aria-label": "The message" }, text);
  const said = stop("bad", head, message, told.passing && el("p", { class: "meta" }, told.passing));
  const same = JSON.stringify([failure.causes, failure.question, told.unknown]);
  if (view.shown.has(same)) {
    const title = failure.causes[0]?.title ?? told.nothing;
    const again = el("p", {}, `the same as number ${view.shown.get(same)}: ${title}`);
    return el("article", { class: "failure" }, route([said, stop("why", again)]));
  }
  view.shown.set(same, number);
  const [cause, ...others] = failure.causes;
  const asked = failure.question && question(failure.question, told, view);
  const stops = cause ? named(cause, told.causes[0], asked, others, view) : [stop("why", missing(told, view), asked)];
  const rest = [
    cause && explained(cause, told.causes[0], view),
    ruledOut(told.ruled_out, view),
    cause?.proved && el("p", { class: "meta" }, `Proved on ansible-core ${cause.proved}.`),
  ];
  return el("article", { class: "failure" }, route([said, ...stops]), rest);
}

const route = (stops) => el("div", { class: "route" }, stops);
const stop = (kind, ...content) => el("div", { class: `stop ${kind}` }, ...content);
const kicker = (words) => el("p", { class: "kicker" }, words);

const BECAUSE = { certain: "because", likely: "probably because", possible: "perhaps because" };

function named(cause, told, asked, others, view) {
  const title = el("p", { class: "title" }, el("a", { href: view.page(cause.id) }, cause.title));
  const sure = el("p", { class: "sure" }, `${told.confidence[0].toUpperCase()}${told.confidence.slice(1)}.`);
  const picture = told.picture && el("figure", { class: "picture" }, drawing(told.picture));
  const why = stop("why", kicker(BECAUSE[cause.confidence]), title, sure, picture, asked, alternatives(others, view));
  return [why, fix(cause, told, asked)];
}

function explained(cause, told, view) {
  return [
    because(cause, view),
    folded("What happened", prose(told.what)),
    folded("Why it happens", prose(told.why)),
    folded("Check that it worked", prose(told.check)),
    folded("Prevent it", prose(told.prevent)),
  ];
}

// The one thing to do: the step with the change, else the first; all steps where there are more.
function fix(cause, told, asked) {
  if (!cause.steps.length) return null;
  const steps = cause.steps.map((step, at) => doing(step, told.steps[at]));
  const main = Math.max(0, cause.steps.findIndex((step) => step.diff));
  const listed = steps.map((step, at) => el("li", {}, step(at === main)));
  const all = steps.length > 1 && folded(`${steps.length === 2 ? "Both" : `All ${steps.length}`} steps`, [el("ol", { class: "steps" }, listed)]);
  return stop("good", kicker(asked ? "so, unless you know better, do this" : "so do this"), el("div", { class: "do" }, steps[main]()), all);
}

// Elements can stand in one place only: a function that makes those of a step.
function doing(step, { text, trust }) {
  return (above = false) => [
    prose(text),
    step.diff && above && el("p", { class: "meta" }, "The change stands above."),
    step.diff && !above && [diff(step.diff), el("p", { class: `trust ${step.trust}` }, `${trust[0].toUpperCase()}${trust.slice(1)}.`)],
  ];
}

function because(cause, view) {
  if (!cause.because.length) return null;
  const files = Map.groupBy ? Map.groupBy(cause.marks, (mark) => mark.path) : grouped(cause.marks);
  return [
    el("h4", {}, "What speaks for it"),
    el("ul", { class: "because" }, cause.because.map((reason) => el("li", {}, reason))),
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
    el("div", { class: "query" }, prose(told.question)),
    el("div", { class: "answers" }, buttons),
    told.paste.length > 0 && el("div", { class: "meta" }, "Or add to the paste: ", prose(told.paste)),
  );
}

function alternatives(causes, view) {
  if (!causes.length) return null;
  const rows = causes.map(({ id, title, confidence }) => el("li", {}, el("a", { href: view.page(id) }, title), ` (${confidence})`));
  return folded(`${causes.length === 1 ? "Another cause that fits" : `${causes.length} other causes that fit`}`, [el("ol", { start: "2" }, rows)]);
}

function ruledOut(facts, view) {
  const causes = facts.reduce((number, { causes }) => number + causes.length, 0);
  const rows = facts.map(({ by, causes }) => [
    el("p", { class: "meta" }, by, ", so it is not:"),
    el("ul", {}, causes.map(([id, title]) => el("li", {}, el("a", { href: view.page(id) }, title)))),
  ]);
  return causes ? folded(`${causes} ${causes === 1 ? "cause" : "causes"} ruled out`, rows) : null;
}

// What is said when no cause is known: the same as on the command line.
function missing({ nothing, unknown }, view) {
  const code = unknown.mark && view.texts[unknown.code];
  return [
    unknown.fields.length > 0 && kicker("the result also says"),
    unknown.fields.map(([name, text]) => [
      el("p", { class: "meta" }, name),
      el("pre", { class: "output", tabindex: "0", role: "group", "aria-label": name }, text),
    ]),
    el("p", { class: "title" }, nothing),
    unknown.place && el("p", {}, "Ansible names the place ", el("code", {}, unknown.place), "."),
    code && excerpt(code, [unknown.mark]),
    el("p", {}, "To know more, paste the whole output (run it again with ", el("code", {}, "-vvv"), `)${unknown.more}.`),
    el("p", {}, "Once you know the cause, keep it for the next time: ", el("code", {}, unknown.keep)),
  ];
}
