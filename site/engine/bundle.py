"""Run by bundle.mjs inside Pyodide: which modules are needed, these compiled, and all of them imported and used."""

import importlib
import json
import sys

SOURCE, STOCK = "/source/packages", "/pyodide/python_stdlib.zip"
OURS = "assistant"
ALWAYS = ("encodings.aliases", "encodings.ascii", "encodings.latin_1", "encodings.utf_8", "linecache", "textwrap")
"""What an error may need while it is told, besides what the samples have imported."""


def needed():
    """The names of all modules that our package imports anywhere, and that are loaded after it has answered samples."""
    from pathlib import Path

    sys.path.insert(0, SOURCE)
    ours, outside = modules(Path(SOURCE))
    for name in sorted(ours):
        importlib.import_module(name)
    for name in sorted(outside | set(ALWAYS)):
        try:
            importlib.import_module(name)
        except ImportError:
            print(f"not in the browser: {name}", file=sys.stderr)
    answer_samples("/source")
    return json.dumps(sorted(sys.modules))


def modules(source):
    """The dotted names of our own modules, and of what they import from elsewhere, at their top or in a function."""
    import ast

    ours, outside = set(), set()
    for path in (source / OURS).rglob("*.py"):
        parts = path.relative_to(source).with_suffix("").parts
        ours.add(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            outside.update(name for name in names if name and not name.startswith(OURS) and name != "__future__")
    return ours, outside


def answer_samples(folder, most=None):
    """Answers real pastes, and tells an error, so that what is imported late is imported too."""
    import traceback

    from assistant.front.box import Box

    box = Box(f"{folder}/kb.jsonl")
    with open(f"{folder}/samples.json") as samples:
        for paste, task in json.load(samples)[:most]:
            box.answer(paste.encode(), task, "{}")
            box.redacted(paste, task)
    try:
        raise ValueError("told")
    except ValueError:
        traceback.format_exc()


def compiled(names, which, out):
    """Writes a zip of those modules in `names` (JSON) that are of the standard library ("library") or others ("app").

    It is not compressed. The same modules give the same bytes.
    """
    import io
    import zipfile
    from pathlib import Path

    names, held = set(json.loads(names)), io.BytesIO()
    if which == "library":
        with zipfile.ZipFile(STOCK) as stock:
            files = {name: stock.read(name) for name in stock.namelist()}
    else:
        files = {str(path.relative_to(SOURCE)): path.read_bytes() for path in Path(SOURCE).rglob("*.py")}
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            if wanted(path, names):
                archive.writestr(zipfile.ZipInfo(path + "c"), code(path, files[path]))
    Path(out).write_bytes(held.getvalue())


def wanted(path, names):
    """Whether the file of a zip is a module in `names`."""
    return path.endswith(".py") and path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") in names


def code(path, source):
    """The bytes of a .pyc without docstrings; its head says that no source is to be compared (PEP 552)."""
    import marshal
    import struct

    made = compile(source, path, "exec", dont_inherit=True, optimize=2)
    return importlib.util.MAGIC_NUMBER + struct.pack("<I", 0b01) + bytes(8) + marshal.dumps(made)


def settled(names):
    """Imports all modules in `names` (JSON) that are there, and answers a few samples: caches are filled as well."""
    sys.path.insert(0, "/app.zip")
    for name in json.loads(names):
        try:
            importlib.import_module(name)
        except ImportError:
            continue  # what only the tools needed: a module that is built differently, or a part of one
    answer_samples("", FEW)


def forget():
    """Drops what the samples left, the files, and the memory that was in use: zeros take no room in a download."""
    import gc
    import os
    import zipimport

    from assistant.front.box.prose import tree

    tree.cache_clear()
    for path in ("/app.zip", "/kb.jsonl", "/samples.json"):
        os.unlink(path)
    sys.path.remove("/app.zip")
    sys.path_importer_cache.clear()
    zipimport._zip_directory_cache.clear()
    gc.collect()
    zeros = [bytes(1 << 16) for _ in range(FREE >> 16)]
    del zeros


FEW = 5
"""So many samples: what more of them leave in caches is loaded by everybody and used by few."""
FREE = 3 << 20
"""Bytes of memory, given back by then, that are written over with zeros."""
