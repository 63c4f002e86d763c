// The engine of the paste box: Python in a worker. One message in, one or more out, all plain objects:
//   in   {id, paste, task, answers}    one diagnosis; texts, and what the reader said by key
//   in   {id, redact: [text, ...]}     the texts without secrets
//   out  {loaded}                      the share of the engine that has come, below 1
//   out  {ready: true}                 the first question may be asked
//   out  {id, alive: bytes}            still reading
//   out  {id, found} or {id, texts}    the answer
//   out  {id, error} or {error}        it failed; after an error without an id, or with `fatal`, start anew
// Every request goes to the folder this file lies in.

import { loadPyodide } from "./pyodide.mjs";

// The files' shares of the download. Counting bytes would need a response of our own making, and for such a one
// browsers do not keep the compiled WebAssembly: every later visit would take a second more.
const SHARES = { "pyodide.asm.wasm": 0.63, "python_stdlib.zip": 0.21, "app.zip": 0.1, "pyodide.asm.mjs": 0.04, "kb.jsonl": 0.01 };

let loaded = 0;
new PerformanceObserver((list) => {
  for (const { name } of list.getEntries()) loaded += SHARES[name.split("/").pop()] ?? 0;
  postMessage({ loaded });
}).observe({ type: "resource", buffered: true });

const FIRST = { paste: 'fatal: [web1]: FAILED! => {"msg": "could not find job"}', task: "- command: sleep 1\n  async: 1\n" };

const here = new URL(".", import.meta.url).href;
const started = start();

started.then(() => postMessage({ ready: true }), (error) => postMessage({ error: last(error) }));

onmessage = async ({ data }) => {
  try {
    const engine = await started;
    postMessage({ id: data.id, ...(data.redact ? redacted(engine, data) : answered(engine, data)) });
  } catch (error) {
    console.error(error.message);
    postMessage({ id: data.id, error: last(error), fatal: error.name !== "PythonError" });
  }
};

function answered(engine, { id, paste, task, answers }) {
  const alive = (bytes) => postMessage({ id, alive: bytes });
  return { found: diagnosed(engine, paste, task, JSON.stringify(answers), alive) };
}

function diagnosed({ python, box }, paste, ...others) {
  const bytes = python.toPy(new TextEncoder().encode(paste));
  try {
    return JSON.parse(box.answer(bytes, ...others));
  } finally {
    bytes.destroy(); // what Python holds of JavaScript's is not collected
  }
}

function redacted({ box }, { redact }) {
  return { texts: JSON.parse(box.redacted(...redact)) };
}

// The last line says what, those before it where.
function last(error) {
  return String(error.message ?? error).trim().split("\n").pop();
}

async function start() {
  const files = ["app.zip", "kb.jsonl"].map(async (name) => new Uint8Array(await (await got(name)).arrayBuffer()));
  const python = await loadPyodide({ indexURL: here, stdLibURL: `${here}python_stdlib.zip` });
  const [app, base] = await Promise.all(files);
  python.FS.writeFile("/app.zip", app);
  python.FS.writeFile("/kb.jsonl", base);
  const box = python.runPython(`
import sys
sys.path.insert(0, "/app.zip")
from assistant.front.box import Box
Box("/kb.jsonl")
`);
  diagnosed({ python, box }, FIRST.paste, FIRST.task, "{}"); // imports what is imported late, before anybody waits
  return { python, box };
}

async function got(name) {
  const response = await fetch(here + name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
}
