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
const SHARES = { "snapshot.bin": 0.65, "pyodide.asm.wasm": 0.31, "pyodide.asm.mjs": 0.02, "kb.jsonl": 0.02 };

let loaded = 0;
new PerformanceObserver((list) => {
  for (const { name } of list.getEntries()) loaded += SHARES[name.split("/").pop()] ?? 0;
  postMessage({ loaded });
}).observe({ type: "resource", buffered: true });

const here = new URL(".", import.meta.url).href;
const started = start();

started.then(() => postMessage({ ready: true }), (error) => postMessage({ error: last(error) }));
started.then(() => setTimeout(warm, QUIET, ROUNDS), () => undefined);

let asked = 0;

onmessage = async ({ data }) => {
  asked = performance.now();
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

// Python's memory as bundle.mjs has left it, and the base, which is read anew.
async function start() {
  const files = [got("snapshot.bin").then(unpacked), got("kb.jsonl").then((response) => response.arrayBuffer())];
  const compiled = import("./pyodide.asm.mjs"); // while the files come
  const python = await loadPyodide({
    indexURL: here,
    stdLibURL: `${here}python_stdlib.zip`, // an empty one: all modules are in the snapshot
    _loadSnapshot: files[0],
    createPyodideModule: async (settings) => {
      const made = await (await compiled).default(settings);
      made.growMemory((await files[0]).byteLength); // it may be more than Python begins with
      return made;
    },
  });
  python.FS.writeFile("/kb.jsonl", new Uint8Array(await files[1]));
  const box = python.runPython("from assistant.front.box import Box; Box('/kb.jsonl')");
  return { python, box };
}

async function got(name) {
  const response = await fetch(here + name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
}

function unpacked(response) {
  return new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

// A browser makes WebAssembly quick only while it runs: the same question a few times over, as long as nobody asks.
const ROUNDS = 24;
const QUIET = 180; // ms
const FIRST = [
  'TASK [Wait] ***\nFAILED - RETRYING: [web1]: Wait (1 retries left).\n' +
    'fatal: [web1]: FAILED! => {"ansible_job_id": "j1.2", "attempts": 1, "changed": false, "finished": 0, "started": 1}',
  "- name: Start\n  command: sleep 9\n  async: 60\n  poll: 0\n  register: job\n- name: Wait\n  async_status:\n" +
    '    jid: "{{ job.ansible_job_id }}"\n  register: done\n  until: done is finished\n  retries: 1\n  delay: 1\n',
  "{}",
];

async function warm(left) {
  if (!left) return;
  if (performance.now() - asked > QUIET) diagnosed(await started, ...FIRST);
  setTimeout(warm, QUIET, left - 1);
}
