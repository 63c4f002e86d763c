"""The editor's questions, each with the module that answers it."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from assistant.front.lsp import actions, asking, hints, jobs
from assistant.front.lsp.hover import hover
from assistant.front.lsp.server import Server, client_of
from assistant.model import Span

if TYPE_CHECKING:
    from assistant.kb import Base

DIAGNOSE = "ansible-why.diagnose"
KINDS = [lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.SourceFixAll, actions.FIX_ALL]


def server(base: Base, watched: Sequence[str] = ()) -> Server:
    """A server that answers; `watched` are logs and artifact folders of runs."""
    made = Server(base, watched)
    gc.collect()
    gc.freeze()  # what is loaded now stays: looking through it again and again would take a check's time,
    gc.set_threshold(50_000, 20, 50)  # and so does looking for circles, of which a check makes hardly any
    _life(made)
    _findings(made)
    _jobs(made)
    _writing(made)
    _commands(made)
    return made


def _life(made: Server) -> None:
    @made.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        made.client = client_of(params, lsp.PositionEncodingKind(made.workspace.position_encoding).value)
        made.configure(params.initialization_options)

    @made.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders(params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        made.watch()

    @made.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configured(params: lsp.DidChangeConfigurationParams) -> None:
        made.configure(params.settings)


def _findings(made: Server) -> None:
    @made.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=KINDS))
    def code_actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        document = made.documents.get(params.text_document.uri)
        if document is None:
            return []
        made.checking.now(document)
        wanted = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
        span, given = document.positions.span(params.range), params.context.diagnostics
        offered: list[lsp.CodeAction] = []
        if _asked(lsp.CodeActionKind.QuickFix.value, wanted):
            offered += actions.of_failures(document, span, made.watching.of(document.path), given)
            offered += actions.actions(document, span, given, made.base)
        whole = actions.fix_all(document, made.base) if _asked(actions.FIX_ALL, wanted) else None
        return [*offered, whole] if whole else offered

    @made.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        found = made.current(params.text_document.uri)
        said = hover(found[1], found[0].positions.offset(params.position)) if found else None
        if found is None or said is None:
            return None
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, said[0]), found[0].positions.range(said[1]))

    @made.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
    def inlay(params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
        found = made.current(params.text_document.uri) if made.hints_wanted else None
        return list(hints.hints(found[1], found[0].positions.span(params.range))) if found else []


def _asked(kind: str, wanted: Sequence[str]) -> bool:
    """Whether an action of `kind` was asked for: "source.fixAll" asks for all that begins so; nothing asks for all."""
    return not wanted or any(kind == each or kind.startswith(f"{each}.") for each in wanted)


def _jobs(made: Server) -> None:
    @made.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(params: lsp.DefinitionParams) -> lsp.Location | None:
        found = made.current(params.text_document.uri)
        span = jobs.definition(found[1], found[0].positions.offset(params.position)) if found else None
        return lsp.Location(params.text_document.uri, found[0].positions.range(span)) if found and span else None

    @made.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        found = made.current(params.text_document.uri)
        spans = jobs.references(found[1], found[0].positions.offset(params.position)) if found else []
        return [lsp.Location(params.text_document.uri, found[0].positions.range(span)) for span in spans if found]

    @made.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        found = made.current(params.text_document.uri)
        return jobs.symbols(found[1]) if found else []


def _writing(made: Server) -> None:
    @made.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=["-", "{", " "]))
    def complete(params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        document = made.documents.get(params.text_document.uri)
        if document is None or not document.wanted:
            return []
        return list(made.completion.items(document, document.positions.offset(params.position)))


def _commands(made: Server) -> None:
    @made.command(actions.EXPLAIN)
    def explain(cause: str) -> str:
        return made.explain(cause)

    @made.command(DIAGNOSE)
    def diagnose(given: Any) -> dict[str, Any]:
        """`given`: the selected text, or {"text": …}, or {"uri": …, "range": …} of tasks in an open file."""
        asked = {"text": given} if isinstance(given, str) else given
        answer = _answer(made, asked)
        made.display("selection", answer["markdown"])
        return answer


def _answer(made: Server, asked: dict[str, Any]) -> dict[str, Any]:
    """A selected error text is looked up with the open files as its tasks; selected tasks are checked in place."""
    text, found = str(asked.get("text", "")), made.current(str(asked.get("uri", "")))
    span = Span(0, 0)
    if found and "range" in asked:
        ends = [lsp.Position(**asked["range"][end]) for end in ("start", "end")]
        span = found[0].positions.span(lsp.Range(*ends))
        text = text or found[0].text[span.start : span.end]
    answer = asking.looked_up(text, list(made.documents.values()), made.base)
    if answer["verdict"] == "not-ansible" and found and span.end:
        return asking.found_in(found[0], span, made.base)
    return answer
