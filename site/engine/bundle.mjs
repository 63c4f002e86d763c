// Made at build, by node: our Python and the standard library it needs, compiled by the very Python that will run
// them, in zips that are not compressed: hosts compress better than zip does, and nothing is unpacked in the page.
//
// usage: node bundle.mjs PYODIDE_FOLDER SOURCE_FOLDER OUT_FOLDER
//
// SOURCE_FOLDER holds the packages as `packages/…` and the compiled base as `kb.jsonl`; bundle.py says what happens.

import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [pyodide, source, out] = process.argv.slice(2);
const script = readFileSync(fileURLToPath(new URL("bundle.py", import.meta.url)), "utf-8");
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")).href);

// One Python to see what is imported, another to compile: the tools of the second must not count as needed.
const runs = async (step) => {
  const python = await loadPyodide({ indexURL: pyodide });
  for (const [place, folder] of [["/source", source], ["/out", out], ["/pyodide", pyodide]]) {
    python.FS.mkdirTree(place);
    python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, place);
  }
  python.runPython(script);
  return python.globals.get(step);
};

try {
  mkdirSync(out, { recursive: true });
  const needed = (await runs("needed"))();
  (await runs("bundle"))(needed);
} catch (error) {
  console.error(error.message); // the rest would be a megabyte of Pyodide's own source
  process.exit(1);
}
