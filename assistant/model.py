"""The values that travel between the rooms; no work is done here and nothing of ours is imported.

All are frozen. They are neither dataclasses nor named tuples, because a cold start has 40 ms: importing
`dataclasses` costs 8 of them, `typing` 12, and each named tuple is compiled anew at every start. Hence
`Record`, and `TYPE_CHECKING` as a name that type checkers know without an import.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import itemgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, Self, dataclass_transform
else:

    def dataclass_transform(**_: object) -> object:
        """What type checkers read; at run time it changes nothing."""
        return lambda cls: cls


@dataclass_transform(frozen_default=True)
class Record:
    """A frozen value with named fields, given by place or by name; those with a value in the class have a default."""

    _fields: tuple[str, ...] = ()
    _needed = 0

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(name for name in cls.__annotations__ if not name.startswith("_"))
        cls._needed = sum(name not in cls.__dict__ for name in cls._fields)

    def __init__(self, *values: Any, **named: Any) -> None:
        held = self.__dict__
        held.update(zip(self._fields, values, strict=False))
        held.update(named)
        if len(values) > len(self._fields) or not self._needed <= len(held) <= len(self._fields):
            raise TypeError(f"{type(self).__name__} takes {', '.join(self._fields)}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen; use _replace")

    def __iter__(self) -> Iterator[Any]:
        return (getattr(self, name) for name in self._fields)

    def __eq__(self, other: object) -> bool:
        return self is other or (type(self) is type(other) and tuple(self) == tuple(other))

    def __lt__(self, other: Self) -> bool:
        return tuple(self) < tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._fields)})"

    def _replace(self, **changed: Any) -> Self:
        """The same with other values in some fields."""
        return type(self)(**{**dict(zip(self._fields, self, strict=True)), **changed})


class Span(tuple[int, int]):
    """A piece of one text: characters from its start, half-open. Lines and columns are made at the rim."""

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Self:
        """`start` and `end` in characters."""
        return tuple.__new__(cls, (start, end))

    start: int = property(itemgetter(0))  # type: ignore[assignment]
    end: int = property(itemgetter(1))  # type: ignore[assignment]


class Origin(Record):
    """Where Ansible says that something stands: `path` as printed, `line` and `column` from 1 (0: not said)."""

    path: str
    line: int
    column: int = 0


# --- a paste and what failed in it -------------------------------------------------------------


class Seen(Record):
    """A line of the paste that is no failure but evidence for one.

    `kind`: "launch" (a result with a job id that is not finished), "ok", "skipped", "ignored" (a
    failure followed by "...ignoring"), "retry", "poll", "warning".
    `host` and `task` are "" where the paste does not say; `result` is {} likewise; `text` is the
    redacted line; `line` counts from 1 in the paste as given. `ran_on`: see Failure.
    """

    kind: str
    host: str
    task: str
    result: Mapping[str, Any]
    text: str
    line: int
    ran_on: str = ""


class Failure(Record):
    """One failure as the paste shows it, wrapping peeled off, secrets already taken out."""

    host: str = ""
    """First host that failed so; "" when the paste does not say."""
    task: str = ""
    """Name of the task as printed by the callback, "" when not said."""
    module: str = ""
    """Action of the task without its namespace ("async_status"), "" when the paste does not say."""
    message: str = ""
    """The innermost message, unescaped; "" for a result that says nothing."""
    result: Mapping[str, Any] = {}
    """The innermost result as a mapping, {} when none was readable."""
    outer: Mapping[str, Any] = {}
    """The result before peeling; equal to `result` when nothing was peeled."""
    kind: Literal["failed", "unreachable", "parse"] = "failed"
    """"parse": Ansible refused before any task ran."""
    origin: Origin | None = None
    """The innermost place that Ansible names (the value itself on 2.19+)."""
    task_origin: Origin | None = None
    """The place of the task (the first Origin of the chain, or "task path:")."""
    chain: tuple[str, ...] = ()
    """The messages of the [ERROR] block and its "caused by" chain, outermost first."""
    layers: tuple[str, ...] = ()
    """What was peeled, outermost first: "loop item", "until", "async poll", "async_status", "rescue"."""
    count: int = 1
    """How many hosts and loop items failed alike."""
    hosts: tuple[str, ...] = ()
    """All hosts that failed alike, in the order of the paste."""
    lines: tuple[int, int] = (1, 1)
    """First and last line of the paste that belong to it, from 1."""
    retries: tuple[int, ...] = ()
    """The numbers of its "FAILED - RETRYING … (N retries left)" lines, in order."""
    seen: tuple[Seen, ...] = ()
    """What the paste shows of the same host before this failure, oldest first, at most 40."""
    ran_on: str = ""
    """The host it ran on where the callback shows delegation ("web1 -> db1" ran on db1, "web1" on web1); "" else."""
    truncated: bool = False
    """The result ended early or could only be read in part."""


class Paste(Record):
    """A whole paste, read."""

    verdict: Literal["failures", "no-failure", "not-ansible"]
    """"no-failure": Ansible's output in which nothing stopped the play."""
    failures: tuple[Failure, ...]
    """Failures that stopped something; ignored and rescued ones are in `notes` only."""
    notes: tuple[str, ...]
    """Plain sentences: "line 12: failed and was ignored", "a retried task came good (line 9)"."""
    hints: Mapping[str, str]
    """What the paste tells of the run: "release" ("2.16.19"), "at_least", "at_most" ("2.18"), "check_mode" ("yes"),
    "callback"; each key has a sister "<key> because" with the words that say so."""
    lines: int
    secrets: int
    """How many secrets were taken out."""


# --- YAML ---------------------------------------------------------------------------------------


class Node(Record):
    """A YAML node with its place. `span` covers exactly its own text (no trailing blanks or comments)."""

    kind: Literal["scalar", "map", "list"]
    tag: str
    """Resolved tag, short: "str", "int", "float", "bool", "null", "vault", "unsafe", "map", "list", or as written."""
    text: str
    """Scalars: the decoded text. Else ""."""
    style: str
    """Scalars: "plain", "single", "double", "literal", "folded". Containers: "block" or "flow"."""
    span: Span
    pairs: tuple[tuple[Node, Node], ...] = ()
    items: tuple[Node, ...] = ()
    anchor: str = ""


class Value(Record):
    """A keyword or argument as far as the file tells: three-valued.

    "absent": not written anywhere that counts. "literal": `value` holds int, float, bool, str, None,
    list or dict, simple Jinja already evaluated. "unknown": it is written, but what it comes to
    depends on something that the file does not set.
    """

    state: Literal["absent", "literal", "unknown"]
    value: Any = None
    node: Node | None = None

    @property
    def known(self) -> bool:
        """True when the value is literal."""
        return self.state == "literal"


class Ref(Record):
    """A variable that an expression reads: `job.results[0].rc` is Ref("job", ("results", "0", "rc"))."""

    name: str
    path: tuple[str, ...]
    span: Span
    """Place of the whole reference in the file."""


class Task(Record):
    """One task (or handler, include, block) of a file, with everything it inherits."""

    path: str
    """The file, as the caller named it."""
    index: int
    """Position among all tasks of the file, in the order they would run (blocks opened)."""
    name: str
    action: str
    """The action as written ("ansible.builtin.copy", "copy"); "" for a block or an unreadable task."""
    module: str
    """The action without ansible.builtin/ansible.legacy ("copy"); other collections stay whole."""
    action_span: Span
    """Place of the key that names the action."""
    args: Mapping[str, Value]
    """Arguments of the module by name; free-form text under "_raw_params"."""
    own: Mapping[str, Value]
    """Keywords written on this task, by name (not the action)."""
    inherited: Mapping[str, Value]
    """Keywords in force from block, include or play (become, vars, environment, …), without those in `own`."""
    node: Node
    """The task's mapping."""
    span: Span
    """From the dash's mapping start to the end of its last value."""
    play: int
    """Number of the play in the file (from 0); tasks files have one play, 0."""
    section: str
    """"tasks", "handlers", "pre_tasks", "post_tasks", "block"."""
    kind: Literal["task", "block", "include", "import", "play"] = "task"
    within: tuple[tuple[int, str], ...] = ()
    """Blocks around it, outermost first: `index` of the block's Task, and the part: "block", "rescue", "always"."""

    def get(self, keyword: str) -> Value:
        """The keyword in force on this task: its own, else what it inherits, else absent."""
        return self.own.get(keyword) or self.inherited.get(keyword) or Value("absent")


class Job(Record):
    """A launch (a task with async) and the async_status tasks of the same file that belong to it."""

    launch: Task | None
    """None when a wait's launch is not in the file."""
    waits: tuple[Task, ...]
    cleanups: tuple[Task, ...]
    register: str
    """Name under which the launch's result is kept; "" when it is not registered."""


# --- from evidence to verdict -------------------------------------------------------------------


class Fact(Record):
    """Evidence: a key, its value in words, the reason, and where in which file it can be seen."""

    key: str
    value: str
    because: str
    span: Span | None = None
    path: str = ""


class Question(Record):
    """What evidence could not tell. `answers` never holds "not sure": every front end offers that itself."""

    key: str
    text: str
    answers: tuple[str, ...]
    paste: str
    """What to paste so that nobody needs to be asked; "" when nothing would help."""


class Edit(Record):
    """A change of one text: `text` takes the place of `span`; empty span inserts, empty text deletes."""

    path: str
    span: Span
    text: str


if TYPE_CHECKING:
    Trust = Literal["safe", "review", "show"]
    Confidence = Literal["certain", "likely", "possible"]
else:
    Trust = Confidence = str
"""Trust: safe (same meaning, or cannot be wrong), review (a person should read it), show (only an illustration)."""


class Step(Record):
    """One step of a fix, its holes filled. `diff` is unified, "" without edits."""

    text: str
    trust: Trust
    edits: tuple[Edit, ...] = ()
    diff: str = ""


class Bar(Record):
    """One line of a time picture: from 0 to `seconds`, and what happens there."""

    label: str
    seconds: float
    text: str


class Cause(Record):
    """A cause that fits, ready to be shown."""

    id: str
    title: str
    confidence: Confidence
    because: tuple[Fact, ...]
    what: str
    """What happened: Markdown, holes filled."""
    why: str
    steps: tuple[Step, ...]
    check: str
    prevent: str
    picture: tuple[Bar, ...]
    url: str
    releases: str
    see: tuple[str, ...]
    proved: str = ""
    """Releases of ansible-core on which it was played and named, and when: "2.14 - 2.21 (2026-11-22)"; "" for none."""


class Finding(Record):
    """A cause that `failure` leads to: what a front end shows for one failure."""

    failure: Failure
    causes: tuple[Cause, ...]
    question: Question | None
    facts: tuple[Fact, ...]


class Diagnosis(Record):
    """The answer to a whole paste."""

    verdict: Literal["causes", "unknown", "no-failure", "not-ansible"]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    paste: Paste


class Fault(Record):
    """A cause that `check` sees in code which has not failed yet."""

    path: str
    span: Span
    cause: str
    message: str
    confidence: Confidence
    trust: Trust
    edits: tuple[Edit, ...]
    diff: str
    because: tuple[Fact, ...]
