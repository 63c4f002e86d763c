// The paste box: what is pasted goes to the quick guess at once and to the engine as soon as that is there.

import { pack, read, unpack, written } from "./address.js";
import { copying } from "./copying.js";
import { el } from "./elements.js";
import { Engine } from "./engine.js";
import { guessed } from "./guess.js";
import { spoken, verdict } from "./verdict.js";

const TASK = "task.yml"; // assistant/front/box/answering.py calls it so
const PAUSE = 250; // ms after the last key before the engine is asked
const MOST_GUESSED = 2; // messages; each has a page with all its causes
const MOST_PAGES = 5;
const LONGEST_LINK = 30_000; // characters: what is longer gets cut by chats and mail

class Box {
  constructor(home) {
    this.home = home;
    this.part = (name) => home.querySelector(`[data-part="${name}"]`);
    this.page = (path) => home.dataset.root + path + (location.protocol === "file:" ? "/index.html" : "/");
    this.engine = new Engine(home.dataset.worker, (share) => this.loading(share));
    this.answers = {};
    this.found = null;
  }

  open() {
    document.documentElement.classList.add("js");
    this.home.addEventListener("focusin", () => this.prepare(), { once: true });
    for (const name of ["paste", "task"]) this.part(name).addEventListener("input", () => this.changed());
    this.part("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask(true);
    });
    this.part("example").addEventListener("click", () => this.example());
    this.part("clear").addEventListener("click", () => this.clear());
    addEventListener("hashchange", () => this.moved());
    addEventListener("popstate", () => this.moved());
    this.arrived();
  }

  // Loads what the box needs, once.
  prepare() {
    this.prepared ??= loaded(this.home.dataset.guess).then(() => (this.index = window.ansibleWhyGuess), () => null);
    if (!this.started) {
      this.started = true;
      this.loading(0);
      this.engine.start().catch((error) => this.failed(error));
    }
    return this.prepared;
  }

  loading(share) {
    const bar = this.part("progress");
    bar.hidden = share >= 1;
    bar.querySelector("progress").value = share;
  }

  get pasted() {
    return { paste: this.part("paste").value, task: this.part("task").value };
  }

  changed() {
    this.answers = {};
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    this.guess();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.ask(), PAUSE);
  }

  async guess() {
    await this.prepare();
    if (this.answered === this.pasted.paste) return; // the engine was quicker
    const place = this.part("guess");
    const rows = this.index ? guessed(this.pasted.paste, this.index).slice(0, MOST_GUESSED) : [];
    place.hidden = !rows.length;
    place.querySelector("[data-part=guesses]").replaceChildren(...rows.map((row) => this.guessedRow(row)));
  }

  guessedRow({ title, path, causes }) {
    const pages = causes.slice(0, MOST_PAGES).map((id) => el("li", {}, el("a", { href: this.page(id) }, this.index.titles[id])));
    const more = causes.length > MOST_PAGES && el("li", {}, el("a", { href: this.page(path) }, `and ${causes.length - MOST_PAGES} more`));
    return el("li", {}, el("a", { href: this.page(path) }, el("code", {}, title)), el("ul", {}, pages, more || ""));
  }

  // Asks the engine for what stands in the box; with `move` the answer gets the focus.
  async ask(move = false) {
    clearTimeout(this.pause);
    const { paste, task } = this.pasted;
    if (!paste.trim() && !task.trim()) return this.show(null);
    this.home.setAttribute("aria-busy", "true");
    try {
      const answered = await this.engine.ask({ paste, task, answers: this.answers }, paste.length + task.length);
      if (!answered) return; // a newer question is on its way
      this.show(answered.found, { [TASK]: answered.found.task });
      if (move) this.part("verdict").querySelector("h3, .nothing")?.focus();
    } catch (error) {
      this.failed(error);
    }
    this.home.removeAttribute("aria-busy");
  }

  show(found, texts) {
    this.found = found;
    this.answered = found && this.pasted.paste;
    this.part("failed").hidden = true;
    if (found) this.part("guess").hidden = true;
    this.part("verdict").replaceChildren(...(found ? verdict(found, texts, this.page, (...said) => this.say(...said)) : []));
    this.part("said").textContent = found ? spoken(found) : "";
    this.part("given").replaceChildren(...this.given());
    this.part("after").hidden = !found;
    this.home.dispatchEvent(new CustomEvent("verdict", { detail: found }));
  }

  // What the reader has answered, each with a way back.
  given() {
    return Object.entries(this.answers).map(([key, answer]) => {
      const undo = () => this.say(key, null);
      const name = key.replaceAll("_", " ");
      return el("li", {}, `${name}: ${answer} `, el("button", { type: "button", class: "quiet", "aria-label": `Take back: ${name}`, onclick: undo }, "take back"));
    });
  }

  // An answer is a place in the history: the browser's Back takes it back.
  say(key, answer) {
    const { [key]: _, ...others } = this.answers;
    this.answers = answer === null ? others : { ...others, [key]: answer };
    history.pushState(null, "", location.pathname + location.search + written(this.answers));
    this.ask(true);
  }

  moved() {
    const { answers, packed } = read(location.hash);
    if (packed) return this.arrived();
    if (JSON.stringify(answers) === JSON.stringify(this.answers)) return;
    this.answers = answers;
    this.ask();
  }

  // Opened by a link: its answers, and its paste when it has one.
  async arrived() {
    const { answers, packed } = read(location.hash);
    this.answers = answers;
    if (!packed) return this.pasted.paste && this.changed();
    try {
      const { paste = "", task = "" } = await unpack(packed);
      this.fill(String(paste), String(task));
    } catch {
      return this.failed(new Error("The link is cut off or damaged: its paste cannot be read."));
    }
    await this.guess();
    this.ask(true);
  }

  fill(paste, task) {
    this.part("paste").value = paste;
    this.part("task").value = task;
    this.part("more").open = Boolean(task);
  }

  async example() {
    await this.prepare();
    if (!this.index) return;
    this.fill(this.index.example.paste, this.index.example.task);
    this.changed();
    this.ask(true);
  }

  clear() {
    this.fill("", "");
    this.changed();
    this.part("guess").hidden = true;
    this.part("paste").focus();
  }

  failed(error) {
    this.loading(1);
    const local = location.protocol === "file:";
    this.part("failed").hidden = false;
    this.part("failed").textContent = local
      ? "This page was opened from a file, where browsers do not let the engine run: only the quick guess works here."
      : `${error.message} What was pasted is still there: change it or ask again.`;
  }

  // A link to what was pasted, without its secrets.
  async link() {
    const { paste, task } = this.pasted;
    const { texts } = await this.engine.ask({ redact: [paste, task] }, paste.length + task.length);
    const fragment = written(this.answers, await pack({ paste: texts[0], task: texts[1] }));
    if (fragment.length > LONGEST_LINK) throw new Error("Too long for a link; copy the report instead");
    return location.href.split("#")[0] + fragment;
  }

  // The buttons under an answer.
  tools() {
    return [
      copying("Copy as a report", () => this.found.report),
      copying("Copy as JSON", () => JSON.stringify(this.found.diagnosis, null, 2)),
      copying("Copy a link to this", () => this.link()),
    ];
  }
}

function loaded(address) {
  return new Promise((resolve, reject) => {
    document.head.append(el("script", { src: address, onload: resolve, onerror: reject }));
  });
}

const home = document.querySelector("[data-box]");
if (home) {
  const box = new Box(home);
  box.part("tools").append(...box.tools());
  box.open();
}
