"""`ansible-why lsp`: the language server, on standard input and output or, for a debugger, on a port."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from assistant.front.cli.bases import opened
from assistant.front.wrong import Wrong


def run(given: Namespace) -> int:
    """Serves until the editor ends it; exit status 0."""
    try:
        from assistant.front.lsp.features import server
    except ImportError as error:
        if error.name is None or error.name.startswith("assistant"):
            raise
        raise Wrong(f"the language server needs {error.name}: pip install 'ansible-why[lsp]'") from None
    log = os.environ.get("ANSIBLE_LOG_PATH", "")
    made = server(opened(given.kb), [*given.watch, *([log] if log else [])])
    if given.tcp:
        made.start_tcp("127.0.0.1", given.tcp)
    else:
        # The pipe belongs to the protocol alone: whatever else is printed goes where errors go.
        pipe, sys.stdout = os.fdopen(os.dup(sys.stdout.fileno()), "wb"), sys.stderr
        made.start_io(stdout=pipe)
    made.ended()
    return 0
