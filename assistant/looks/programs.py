"""How a program ended and what its command line asked for: rc, stderr and cmd of a result, or the task alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.looks.evidence import ABSENT, Evidence, text_of
from assistant.looks.releases import at_least, at_most
from assistant.model import Fact, Span, Task, Value

BUILTINS = frozenset(
    "cd source . export set unset alias unalias eval exec ulimit umask shopt declare typeset local readonly trap "
    "function if for while until case then do pushd popd let".split()
)
"""Words that only a shell knows; as a program none of them is there."""
SIGNS = frozenset("| || && |& > >> < << <<< &> &>>".split())
MANY, LONG = 200, 10_000
"""So many words of a command, and characters of a text, are looked at where every one costs."""
GLUED = re.compile(r"[12&]?>>?&?(?!=)[\w./&$~-]")
"""A redirection with its file in one word: 2>/dev/null, >log, 2>&1."""
OWN_SIGNS = frozenset("expr test [ [[ awk gawk mawk cut sort tr column paste join sed jq psql mysql find".split())
"""Programs to which such a sign may be an argument: awk -F |, expr 5 > 3."""


def command_words(evidence: Evidence) -> Fact | None:
    """shell signs | shell builtin | plain: whether the command needs a shell that `command` does not give it."""
    task, program = evidence.task, _missing_program(evidence)
    if task is not None and task.module in ("shell", "raw", "script"):
        return Fact("command_words", "plain", f"{task.module} gives it to a shell", task.action_span, task.path)
    if program in BUILTINS or re.match(r"[A-Za-z_]\w*=", program):
        return Fact("command_words", "shell builtin", f"“{program}” is no program but a word of the shell", *_at(task))
    if task is not None and task.module == "command" and _written(task) is not None:
        return _of_text(task)
    return _of_result(evidence)


def _at(task: Task | None) -> tuple[Span | None, str]:
    return (task.action_span, task.path) if task is not None else (None, "")


def _missing_program(evidence: Evidence) -> str:
    """The program that was not found, as the sign caught it; since 2.19 a result alone shows it only in `cmd`."""
    caught = evidence.match.holes.get("program", "") if evidence.match else ""
    command = evidence.result.get("cmd")
    if not caught and evidence.result.get("msg") == "Error executing command." and isinstance(command, str):
        return command.partition(" ")[0]
    return caught.strip("'")


def _written(task: Task) -> Value | None:
    """The command line of a task as written, None where it is a list (argv) or is not there."""
    value = task.args.get("_raw_params", ABSENT)
    return value if value.node is not None and value.node.kind == "scalar" else None


def _of_text(task: Task) -> Fact | None:
    """What the written line says: quotes still stand there, so a sign in quotes is an argument."""
    from assistant.plays.freeform import split

    value = _written(task)
    text = text_of(value) if value else ""
    places = split(text)
    if value is None or value.node is None or places is None:
        return None
    found = _sign([text[start:end] for start, end in places])
    reason = f"the command holds {found}, which only a shell understands" if found else "nothing in it needs a shell"
    return Fact("command_words", "shell signs" if found else "plain", reason, value.node.span, task.path)


def _of_result(evidence: Evidence) -> Fact | None:
    """What `cmd` says: a list is what `command` ran, a text what a shell read."""
    command = evidence.result.get("cmd")
    if isinstance(command, str):
        quoted = re.search(r" '(\|\|?|&&|>>?)' ", command)  # how a word of the list is shown where it could not start
        if quoted:
            return Fact("command_words", "shell signs", f"cmd holds the word {quoted[1]}: {command[:80]}")
        return Fact("command_words", "plain", "cmd holds no word of a shell that was not meant for one")
    if not isinstance(command, list) or not command:
        return None
    words = [str(word) for word in command]
    found = _sign(words)
    if found and words[0].rpartition("/")[2] in OWN_SIGNS:
        return None  # it may have stood in quotes
    found = found or _pattern_refused(words[:MANY], str(evidence.result.get("stderr", ""))[:LONG])
    reason = f"cmd is a list and holds {found}, which only a shell understands"
    return Fact("command_words", "shell signs", reason) if found else Fact("command_words", "plain", "no shell in it")


def _sign(words: Sequence[str]) -> str:
    """The first word behind the program that only a shell understands, "" without one."""
    program = words[0].rpartition("/")[2] if words else ""
    for word in words[1:]:
        if word in SIGNS and not (program in ("expr", "test", "[", "[[") and word in "|<>"):
            return word
        if GLUED.match(word) and program not in ("expr", "test", "["):
            return word
    return "&" if words and words[-1] == "&" else ""


def _pattern_refused(words: Sequence[str], stderr: str) -> str:
    """A file pattern that the program took for a name and did not find."""
    return next((word for word in words[1:] if re.search(r"[*?]", word) and f"'{word}': No such file" in stderr), "")


CODES = {
    "grep": 1, "egrep": 1, "fgrep": 1, "zgrep": 1, "rg": 1, "pgrep": 1, "pidof": 1, "diff": 1, "cmp": 1, "test": 1,
    "[": 1, "[[": 1, "which": 1, "getent": 2,
}  # fmt: skip
"""Programs that answer "no" with this exit code and say nothing on stderr; a higher one is an error."""


def code_answers(evidence: Evidence) -> Fact | None:
    """yes | yes while waiting | no: whether the exit code is an answer ("nothing found") and no error.

    With retries the play waited for another answer: then it is that which never came.
    """
    rc, result = evidence.result.get("rc"), evidence.result
    if not isinstance(rc, int) or ("cmd" not in result and "stderr" not in result):
        return None
    program = _last_program(result.get("cmd"))
    if CODES.get(program) == rc and not str(result.get("stderr", "")).strip():
        word = "yes while waiting" if "attempts" in result else "yes"
        return Fact("code_answers", word, f"{program} ended with {rc} and nothing on stderr: that is its “no”")
    return Fact("code_answers", "no", f"rc: {rc}")


def _last_program(command: object) -> str:
    """The program whose exit code is that of the command; "" where several could have given it."""
    if isinstance(command, list):
        return str(command[0]).rpartition("/")[2] if command else ""
    if not isinstance(command, str) or len(command) > LONG or "\n" in command.strip():
        return ""
    import shlex  # a cold start has no time for it

    try:
        words = list(shlex.shlex(command, posix=True, punctuation_chars=True))
    except ValueError:
        return ""
    if not words or any(word in (";", "&&", "||", "&", "(", ")") for word in words):
        return ""
    last = len(words) - 1 - words[::-1].index("|") if "|" in words else -1
    return words[last + 1].rpartition("/")[2] if last + 1 < len(words) else ""


def tried_again(evidence: Evidence) -> Fact | None:
    """yes | once: whether the failed task was tried more than once."""
    failure, attempts = evidence.failure, evidence.result.get("attempts")
    if failure is None or not isinstance(attempts, int):
        return None
    if attempts > 1 or failure.retries:
        return Fact("tried_again", "yes", f"tried again {attempts} {'time' if attempts == 1 else 'times'}")
    return Fact("tried_again", "once", "attempts: 1, and no line of a retry") if failure.task else None


def retries_alone(evidence: Evidence) -> Fact | None:
    """ignored | counts | no: what retries without an until did: nothing up to 2.15, retrying until no failure since.

    Where the release is not known, a command's result tells: with retries in force it holds attempts.
    """
    task = evidence.task
    if task is None or task.kind != "task":
        return None
    if "retries" not in task.own or "until" in task.own:
        return Fact("retries_alone", "no", "no retries without an until", *_at(task))
    node = task.own["retries"].node
    reason = f"retries: {text_of(task.own['retries'])} without an until"
    place = (node.span if node else None, task.path)
    if at_most(evidence, (2, 15)) or ("rc" in evidence.result and not at_least(evidence, (2, 16))):
        return Fact("retries_alone", "ignored", f"{reason}, and the result counts no attempts", *place)
    return Fact("retries_alone", "counts", reason, *place) if at_least(evidence, (2, 16)) else None


COMPARED = re.compile(r"\b(?P<read>\w+\.std(?:out|err)(?:_lines\[\d+\])?)\s*==\s*(?P<number>\d+)(?![\w.'\"])")


def until_against_number(evidence: Evidence) -> Fact | None:
    """yes | no: whether the until asks if a command's output, which is a text, equals a number."""
    task, stdout = evidence.task, evidence.result.get("stdout")
    if task is not None and "until" in task.own:
        until = task.own["until"]
        found = COMPARED.search(text_of(until))
        place = (until.node.span if until.node else None, task.path)
        if found:
            return Fact("until_against_number", "yes", f"{found[0]}: a text is never equal to a number", *place)
        return Fact("until_against_number", "no", f"until: {text_of(until)}", *place) if text_of(until) else None
    if evidence.failure is not None and not re.fullmatch(r"\s*-?\d+\s*", str(stdout)):
        return Fact("until_against_number", "no", "its output is no number")
    return None


def holes(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """What the texts and fixes of commands and retries write."""
    task = evidence.task
    if task is None or task.kind != "task":
        return
    words = command_words(evidence) if task.module == "command" else None
    needs_shell = words is not None and words.value != "plain"
    yield "shell_action", task.action.removesuffix("command") + "shell" if needs_shell else ""
    until = text_of(task.own.get("until", ABSENT))
    yield "until_written", until
    yield "until_as_number", COMPARED.sub(r"\g<read> | int == \g<number>", until) if COMPARED.search(until) else ""
    yield "register_to_retry", _register(evidence, task, "result") if not until and "retries" in task.own else ""
    yield from _of_answer(evidence, task)


def _register(evidence: Evidence, task: Task, name: str) -> str:
    """The name under which the task keeps its result; else `name`, "" when the file has that already."""
    own = text_of(task.own.get("register", ABSENT))
    taken = evidence.file is None or re.search(rf"\b{name}\b", evidence.file.text)
    return own or ("" if taken else name)


def _of_answer(evidence: Evidence, task: Task) -> Iterator[tuple[str, str]]:
    """The register, and the highest code that is no error, for a failed_when."""
    if evidence.failure is None or "failed_when" in task.own:
        return
    register, answers = _register(evidence, task, "found"), code_answers(evidence)
    if register and answers is not None and answers.value == "yes":
        yield "answer_register", register
        yield "answer_code", str(evidence.result["rc"])
