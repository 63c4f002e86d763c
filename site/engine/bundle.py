"""Run by bundle.mjs inside Pyodide: which modules are needed, and these compiled into zips."""

import ast
import importlib
import io
import json
import marshal
import struct
import sys
import traceback
import zipfile
from pathlib import Path

SOURCE, OUT, STOCK = Path("/source/packages"), Path("/out"), Path("/pyodide/python_stdlib.zip")
OURS = "assistant"
ALWAYS = ("encodings.aliases", "encodings.ascii", "encodings.latin_1", "encodings.utf_8", "linecache", "textwrap")
"""What an error may need while it is told, besides what the samples have imported."""


def needed():
    """The names of all modules that our package imports anywhere, and that are loaded after it has answered samples."""
    sys.path.insert(0, str(SOURCE))
    for name in sorted(ours()):
        importlib.import_module(name)
    for name in sorted(outside() | set(ALWAYS)):
        try:
            importlib.import_module(name)
        except ImportError:
            print(f"not in the browser: {name}", file=sys.stderr)
    answer_samples()
    return json.dumps(sorted(sys.modules))


def ours():
    """The dotted names of our own modules."""
    for path in (SOURCE / OURS).rglob("*.py"):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def outside():
    """What our modules import from elsewhere, at their top or inside a function."""
    found = set()
    for path in (SOURCE / OURS).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            found.update(name for name in names if name and not name.startswith(OURS) and name != "__future__")
    return found


def answer_samples():
    """Answers real pastes, and tells an error, so that what is imported late is imported too."""
    from assistant.front.box import Box

    box = Box("/source/kb.jsonl")
    for paste, task in json.loads(Path("/source/samples.json").read_text()):
        box.answer(paste.encode(), task, "{}")
        box.redacted(paste, task)
    try:
        raise ValueError("told")
    except ValueError:
        traceback.format_exc()


def bundle(names):
    """Writes `python_stdlib.zip` and `app.zip` of the modules in `names` (JSON), and a lock file without packages."""
    names = set(json.loads(names))
    with zipfile.ZipFile(STOCK) as stock:
        library = {name: stock.read(name) for name in stock.namelist() if wanted(name, names)}
    app = {str(path.relative_to(SOURCE)): path.read_bytes() for path in SOURCE.rglob("*.py")}
    write("python_stdlib.zip", library)
    write("app.zip", {name: data for name, data in app.items() if name.startswith(OURS) or wanted(name, names)})
    lock = json.loads(Path("/pyodide/pyodide-lock.json").read_text())
    (OUT / "pyodide-lock.json").write_text(json.dumps({"info": lock["info"], "packages": {}}))


def wanted(path, names):
    """Whether the file of a zip is a module in `names`."""
    return path.endswith(".py") and path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") in names


def write(name, files):
    """A zip of compiled modules; the same modules give the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            archive.writestr(zipfile.ZipInfo(path + "c"), compiled(path, files[path]))
    (OUT / name).write_bytes(held.getvalue())


def compiled(path, source):
    """The bytes of a .pyc without docstrings; its head says that no source is to be compared (PEP 552)."""
    code = compile(source, path, "exec", dont_inherit=True, optimize=2)
    return importlib.util.MAGIC_NUMBER + struct.pack("<I", 0b01) + bytes(8) + marshal.dumps(code)
