"""The command `ansible-why`: arguments in, the right front end or one diagnosis out, and an exit status.

Nothing is imported before it is needed: a paste from a pipe answered as JSON must not pay for the rest.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from assistant.front.wrong import Wrong

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

NAMED, NOT_NAMED, WRONG_CALL, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
"""Exit statuses; the last two are what a shell reports for SIGINT and SIGPIPE."""


def command() -> NoReturn:
    """The program: `main`, and an end without tearing down what was loaded, which is an eighth of a quick call."""
    import gc

    gc.set_threshold(100_000)  # looking for circles among what is being imported is a twelfth of it
    status = main()
    sys.stderr.flush()
    os._exit(status)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one call and gives back its exit status; `argv` without the program's name, from `sys.argv` by default."""
    given = list(sys.argv[1:] if argv is None else argv)
    if sys.stdout is None:
        return _complain("standard output is closed")
    try:
        status = _run(given)
        sys.stdout.flush()
        return status
    except Wrong as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away, as `head` does. Python would complain again when it closes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _complain(f"cannot write the answer ({(error.strerror or str(error)).lower()})")
    except ValueError as error:
        if not type(error).__module__.startswith("assistant."):
            raise
        return _complain(str(error))


def _run(given: list[str]) -> int:
    from assistant.front.cli.quick import quick

    arguments = quick(given)
    if arguments is not None:
        from assistant.front.cli.diagnose import run

        return run(arguments)
    return _called(given)


def _called(given: list[str]) -> int:
    if not given:
        from assistant.front.cli.repl import at_terminal, typed

        if at_terminal():
            return typed()
    from assistant.front.cli.commands import COMMANDS, chosen, parse

    if given[:1] in (["--version"], ["-V"]):
        from assistant.about import VERSION

        sys.stdout.write(f"ansible-why {VERSION}\n")
        return NAMED
    if given[:1] in (["--help"], ["-h"], ["help"]):
        from assistant.front.cli.commands import overview

        sys.stdout.write(overview())
        return NAMED
    name, rest = chosen(given)
    return COMMANDS[name].run()(parse(name, rest))


def _complain(message: str) -> int:
    sys.stderr.write("".join(f"ansible-why: {line}\n" for line in message.splitlines()))
    return WRONG_CALL
