// The engine as the page sees it: started once, asked one thing at a time, started anew when it dies or hangs.

const PATIENCE = 3_000; // ms without a sign of life, for what people paste
const SLOW = 3; // as many times what its start took, where that is more: it tells how quick this machine is now
const MOST_PATIENCE = 15_000;
const PATIENCE_PER_MB = 20_000; // more for long logs, of which little is known before they are read

export class Engine {
  #worker = null;
  #ready = null;
  #asked = null; // {id, data, resolve, reject, timer}
  #waiting = []; // what came meanwhile: of diagnoses only the newest, older ones are not worth an answer
  #id = 0;
  #patience = PATIENCE;

  // `address` of the worker; `progress` hears of the share that has loaded, 0 to 1 for ready.
  constructor(address, progress) {
    this.address = address;
    this.progress = progress;
    this.running = false;
  }

  // Starts it when it does not run; resolves when it can be asked.
  start() {
    const began = performance.now();
    this.#ready ??= new Promise((resolve, reject) => {
      this.#worker = new Worker(this.address, { type: "module" });
      this.#worker.onerror = (event) => reject(new Error(event.message || "the engine could not be loaded"));
      this.#worker.onmessage = ({ data }) => {
        if (data.ready) {
          this.running = true;
          this.#patience = Math.min(MOST_PATIENCE, Math.max(PATIENCE, SLOW * (performance.now() - began)));
          this.progress(1);
          resolve();
        } else if (data.error && !data.id) reject(new Error(data.error));
        else if (!data.loaded) this.#heard(data);
        else if (!this.running) this.progress(data.loaded);
      };
    });
    this.#ready.catch(() => this.#stop());
    return this.#ready;
  }

  // The answer to `data` (see worker.mjs), or null for a diagnosis when a newer one took its place.
  ask(data, size) {
    return new Promise((resolve, reject) => {
      const question = { id: ++this.#id, data, size, resolve, reject };
      if (!this.#asked) return this.#send(question);
      const old = this.#waiting.filter((other) => !data.redact && !other.data.redact);
      old.forEach((other) => other.resolve(null));
      this.#waiting = [...this.#waiting.filter((other) => !old.includes(other)), question];
    });
  }

  async #send(question) {
    this.#asked = question;
    try {
      await this.start();
    } catch (error) {
      return this.#done(question, () => question.reject(error));
    }
    this.#worker.postMessage({ id: question.id, ...question.data });
    this.#watch(question);
  }

  #watch(question) {
    const patience = this.#patience + (PATIENCE_PER_MB * question.size) / 1e6;
    clearTimeout(question.timer);
    question.timer = setTimeout(() => {
      const seconds = Math.round(patience / 1000);
      this.#fail(new Error(`The engine gave no sign for ${seconds} seconds and was started anew.`));
    }, patience);
  }

  #heard(data) {
    const question = this.#asked;
    if (!question || data.id !== question.id) return;
    if (data.alive !== undefined) this.#watch(question);
    else if (data.fatal) this.#fail(new Error(data.error));
    else if (data.error) this.#done(question, () => question.reject(new Error(data.error)));
    else this.#done(question, () => question.resolve(data));
  }

  #done(question, tell) {
    clearTimeout(question.timer);
    this.#asked = null;
    tell();
    const next = this.#waiting.shift();
    if (next) this.#send(next);
  }

  // The worker is lost, not the page: a new one loads while the person reads what happened.
  #fail(error) {
    this.#stop();
    this.start().catch(() => undefined);
    this.#done(this.#asked, ((question) => () => question.reject(error))(this.#asked));
  }

  #stop() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = null;
    this.running = false;
  }
}
