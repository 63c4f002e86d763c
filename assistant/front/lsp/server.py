"""The server: what the editor says in, what it is told out; what there is to say is worked out in the other modules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method
from pygls.uris import from_fs_path, to_fs_path

from assistant.about import VERSION
from assistant.front.lsp import asking
from assistant.front.lsp.checking import Checking
from assistant.front.lsp.completion import Completion
from assistant.front.lsp.documents import Client, Document, Understood
from assistant.front.lsp.failures import diagnostic as failure_shown
from assistant.front.lsp.findings import diagnostics
from assistant.front.lsp.positions import Positions
from assistant.front.lsp.watching import Watching
from assistant.front.search import named

if TYPE_CHECKING:
    from assistant.kb import Base


class Protocol(LanguageServerProtocol):
    """Texts are kept by us: pygls also ends lines where only Python does, at form feeds and the like."""

    _server: Server

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> None:
        """A text was opened."""
        given = params.text_document
        self._server.opened(Document(given.uri, given.language_id, given.version, given.text, self._server.client))

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        """A text was changed."""
        document = self._server.documents.get(params.text_document.uri)
        if document:
            document.change(params.text_document.version, params.content_changes)
            self._server.checking.soon(document)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> None:
        """A text was closed."""
        self._server.closed(params.text_document.uri)


class Server(LanguageServer):
    """The state of one connection."""

    def __init__(self, base: Base, watched: Sequence[str] = ()) -> None:
        """`watched`: logs and artifact folders of runs whose failures are shown; the editor may name more."""
        super().__init__("ansible-why", VERSION, protocol_cls=Protocol)
        self.base = base
        self.watched = list(watched)
        self.watching = Watching(base, self.text_of, self.failed)
        self.watching.opened = self.paths
        self.client = Client()
        self.documents: dict[str, Document] = {}
        self.checking = Checking(base, self.show)
        self.completion = Completion(base)
        self.hints_wanted = True
        self.pages: TemporaryDirectory[str] | None = None

    def ended(self) -> None:
        """The editor is gone: what was written for it to show goes too."""
        if self.pages:
            self.pages.cleanup()

    def opened(self, document: Document) -> None:
        """A text was opened: it is looked at at once."""
        self.documents[document.uri] = document
        self.checking.soon(document)

    def closed(self, uri: str) -> None:
        """A text was closed: nothing is said of it any more."""
        document = self.documents.pop(uri, None)
        if document:
            self.checking.drop(document)
            self.publish(uri, None, self._failures(document.path, document.positions))

    def show(self, document: Document) -> None:
        """Tells the editor what is found in a text."""
        failures = self._failures(document.path, document.positions)
        self.publish(document.uri, document.version, [*failures, *diagnostics(document, self.base)])

    def failed(self, paths: set[str]) -> None:
        """Tells the editor what failed in these files, open or not."""
        opened = {document.path: document for document in self.documents.values()}
        for path in paths:
            if path in opened:
                self.show(opened[path])
            else:
                positions = Positions(self.text_of(path) or "", self.client.encoding)
                self.publish(from_fs_path(path) or path, None, self._failures(path, positions))

    def _failures(self, path: str, positions: Positions) -> list[lsp.Diagnostic]:
        found = (failure_shown(failure, positions.text, positions) for failure in self.watching.of(path))
        return [each for each in found if each]

    def paths(self) -> list[str]:
        """The open files that may be Ansible's."""
        return [document.path for document in self.documents.values() if document.wanted]

    def text_of(self, path: str) -> str | None:
        """The text of a file, as the editor shows it where it is open; None where it cannot be read."""
        for document in self.documents.values():
            if document.path == path:
                return document.text
        try:
            return Path(path).read_bytes().decode("utf-8")  # not read_text, which would take CR off every CRLF
        except (OSError, UnicodeDecodeError):
            return None

    def publish(self, uri: str, version: int | None, found: Sequence[lsp.Diagnostic]) -> None:
        """Tells the editor all findings of one file, in place of those told before."""
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, list(found), version))

    def current(self, uri: str) -> tuple[Document, Understood] | None:
        """A text and what is understood of it as it is now; None while it cannot be read."""
        document = self.documents.get(uri)
        if document is None:
            return None
        self.checking.now(document)
        return (document, document.current) if document.current else None

    def configure(self, settings: Any) -> None:
        """Takes the editor's settings: `inlayHints` (yes or no), `watch` (paths); anything else is no setting."""
        told = settings.get("ansible-why", settings) if isinstance(settings, dict) else {}
        given = told if isinstance(told, dict) else {}
        wanted = given.get("inlayHints", self.hints_wanted)
        if wanted != self.hints_wanted and self.client.refreshes:
            self.workspace_inlay_hint_refresh(None)
        self.hints_wanted = bool(wanted)
        watch = given.get("watch") or []
        self.watched += [watch] if isinstance(watch, str) else [str(path) for path in watch]
        self.watch()

    def watch(self) -> None:
        """Watches the runs that the call or the editor has named, in the editor's folders."""
        folders = [to_fs_path(folder) for folder in self.workspace.folders] or [self.workspace.root_path]
        self.watching.roots = [Path(folder) for folder in folders if folder]
        for path in self.watched:
            self.watching.watch(path)

    def display(self, name: str, markdown: str, link: str = "") -> None:
        """Shows a text in the editor: as a document where it can, else as one message."""
        if self.client.shows:
            self.pages = self.pages or TemporaryDirectory(prefix="ansible-why-")
            uri = from_fs_path(str(asking.page(Path(self.pages.name), name, markdown)))
            self.window_show_document(lsp.ShowDocumentParams(uri or "", take_focus=True), callback=lambda _: None)
        else:
            first = next((line.lstrip("# ") for line in markdown.splitlines() if line.strip()), "")
            self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, f"{first} {link}".strip()))

    def explain(self, cause: str) -> str:
        """Shows the page of a cause, and gives it back."""
        markdown = asking.explained(cause, self.base)
        self.display(cause, markdown, self.base.entries[named(cause, self.base)].url)
        return markdown


def client_of(params: lsp.InitializeParams, encoding: str) -> Client:
    """What the editor says that it can do."""
    text, window, workspace = (
        params.capabilities.text_document,
        params.capabilities.window,
        params.capabilities.workspace,
    )
    completion = text.completion.completion_item if text and text.completion else None
    edits = workspace.workspace_edit if workspace else None
    hints = workspace.inlay_hint if workspace else None
    return Client(
        encoding,
        versioned=bool(edits and edits.document_changes),
        snippets=bool(completion and completion.snippet_support),
        shows=bool(window and window.show_document and window.show_document.support),
        refreshes=bool(hints and hints.refresh_support),
    )
