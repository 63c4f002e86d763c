// Made at build, by node: Python's memory after it has started, has imported our package and the standard library that
// this needs, and has answered samples. The page's worker takes it as it is, so nothing is imported while one waits.
//
// usage: node bundle.mjs PYODIDE_FOLDER SOURCE_FOLDER OUT_FOLDER
//
// SOURCE_FOLDER holds the packages as `packages/…` and the compiled base as `kb.jsonl`; bundle.py says what happens.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [pyodide, source, out] = process.argv.slice(2);
const script = readFileSync(fileURLToPath(new URL("bundle.py", import.meta.url)), "utf-8");
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")).href);

// One Python to see what is imported, another to compile: the tools of the second must not count as needed.
const runs = async (step) => {
  const python = await loadPyodide({ indexURL: pyodide });
  for (const [place, folder] of [["/source", source], ["/pyodide", pyodide]]) {
    python.FS.mkdirTree(place);
    python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, place);
  }
  python.runPython(script);
  return [python, python.globals.get(step)];
};

// A third has only what was compiled, and is what the snapshot is taken of. Nothing of JavaScript's may be in it.
const snapshot = async (library, app, names) => {
  const stdLibURL = join(source, "library.zip");
  writeFileSync(stdLibURL, library);
  const { info } = JSON.parse(readFileSync(join(pyodide, "pyodide-lock.json"), "utf-8"));
  const lockFileContents = JSON.stringify({ info, packages: {} });
  const python = await loadPyodide({ indexURL: pyodide, stdLibURL, lockFileContents, _makeSnapshot: true });
  const files = { "/app.zip": app, "/kb.jsonl": readFileSync(join(source, "kb.jsonl")), "/samples.json": readFileSync(join(source, "samples.json")) };
  for (const [path, data] of Object.entries(files)) python.FS.writeFile(path, data);
  python.runPython(script);
  const settled = python.globals.get("settled");
  settled(names);
  settled.destroy();
  python.runPython("forget()");
  return python.makeMemorySnapshot();
};

try {
  mkdirSync(out, { recursive: true });
  const names = (await runs("needed"))[1]();
  const [python, compiled] = await runs("compiled");
  const zips = ["library", "app"].map((name) => {
    compiled(names, name, "/zip");
    return python.FS.readFile("/zip");
  });
  // Packed here, since most hosts send a file of unknown kind as it lies, and browsers unpack gzip.
  writeFileSync(join(out, "snapshot.bin"), gzipSync(await snapshot(...zips, names), { level: 9 }));
} catch (error) {
  console.error(error.message); // the rest would be a megabyte of Pyodide's own source
  process.exit(1);
}
