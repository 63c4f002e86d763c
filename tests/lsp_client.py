"""A plain client of the language server: messages over a pipe, nothing clever."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from queue import Queue
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 90
"""Seconds until a silent server is taken for dead."""
STOCKTAKE = """\
- hosts: shop
  tasks:
    - name: Start the stocktake
      command: /usr/local/bin/stocktake --all
      async: 600
      poll: 0
      register: stocktake

    - name: Wait for the stocktake
      async_status:
        jid: "{{ stocktake.ansible_job_id }}"
      register: counted
      until: counted is finished
      retries: 10
      delay: 3
"""
"""A play whose wait ends long before its job may: mended by `retries: 200`."""


class Client:
    """One server process; use it in a `with`."""

    def __init__(
        self,
        *arguments: str,
        capabilities: dict[str, Any] | None = None,
        command: Sequence[str] = (sys.executable, "-m", "assistant", "lsp"),
        **options: Any,
    ) -> None:
        """Starts ours or another server; `options` go into the `initialize` call, `env` to the process."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
        self.configuration: Any = None
        self.process = subprocess.Popen(
            [*command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if arguments or command[-1] == "lsp" else subprocess.DEVNULL,
            env=environment,
        )
        self.asked = 0
        self.came: Queue[dict[str, Any] | None] = Queue()
        self.other: list[dict[str, Any]] = []
        threading.Thread(target=self._read, daemon=True).start()
        wanted = {"processId": None, "rootUri": None, "capabilities": capabilities or {}, **options}
        self.server = self.ask("initialize", wanted)
        self.tell("initialized", {})

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.ask("shutdown", None)
            self.tell("exit", None)
        assert self.process.wait(PATIENCE) == 0

    def ask(self, method: str, params: Any) -> Any:
        """A request's result; an error is an AssertionError."""
        self.asked += 1
        number = self.asked
        self._send({"id": number, "method": method, "params": params})
        answer = self.until(lambda message: message.get("id") == number and "method" not in message)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def tell(self, method: str, params: Any) -> None:
        """A notification."""
        self._send({"method": method, "params": params})

    def until(self, fits: Any, patience: float = PATIENCE) -> dict[str, Any]:
        """The next message that fits; those before it are kept in `other`, the server's requests answered with null."""
        while True:
            message = self.came.get(timeout=patience)
            assert message is not None, "the server went away"
            if "id" in message and "method" in message:
                self._send({"id": message["id"], "result": self._answer(message)})
            if fits(message):
                return message
            self.other.append(message)

    def _answer(self, message: dict[str, Any]) -> Any:
        if message["method"] == "workspace/configuration":
            return [self.configuration for _ in message["params"]["items"]]
        return {"success": True} if message["method"] == "window/showDocument" else None

    def told(self, method: str, patience: float = PATIENCE) -> Any:
        """The parameters of the last message of that name, come already or to come."""
        came = [message for message in self.other if message.get("method") == method]
        return (came or [self.until(lambda message: message.get("method") == method, patience)])[-1]["params"]

    def open(self, uri: str, text: str, language: str = "ansible", version: int = 1) -> None:
        """Opens a text."""
        item = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})

    def change(self, uri: str, version: int, text: str, range: dict[str, Any] | None = None) -> None:
        """Changes a text, or a range of it."""
        change = {"text": text, **({"range": range} if range else {})}
        document = {"uri": uri, "version": version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def found(self, uri: str, version: int | None = None, patience: float = PATIENCE) -> list[dict[str, Any]]:
        """The findings that come next for a text; with `version`, those of that version."""

        def fits(message: dict[str, Any]) -> bool:
            told = message.get("params", {})
            wanted = message.get("method") == "textDocument/publishDiagnostics" and told["uri"] == uri
            return wanted and version in (None, told.get("version"))

        found: list[dict[str, Any]] = self.until(fits, patience)["params"]["diagnostics"]
        return found

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def _read(self) -> None:
        out = self.process.stdout
        assert out
        while head := out.readline():
            length = 0
            while head.strip():
                name, _, value = head.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                head = out.readline()
            self.came.put(json.loads(out.read(length)))
        self.came.put(None)


def position(text: str, words: str, shift: int = 0) -> dict[str, int]:
    """Where `words` stand first in a text of ASCII."""
    at = text.index(words) + shift
    return {"line": text.count("\n", 0, at), "character": at - text.rfind("\n", 0, at) - 1}


def edited(text: str, edits: list[dict[str, Any]]) -> str:
    """A text of ASCII with an editor's changes made."""
    lines = text.split("\n")

    def offset(place: dict[str, int]) -> int:
        return sum(len(line) + 1 for line in lines[: place["line"]]) + place["character"]

    for edit in sorted(edits, key=lambda edit: offset(edit["range"]["start"]), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["newText"] + text[end:]
    return text
