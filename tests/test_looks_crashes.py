"""Where a module broke off: the end of the traceback in its result, and nothing where there is none."""

from __future__ import annotations

import pytest
from looking import evidence_at

from assistant.looks.crashes import holes

TRACEBACK = """\
Traceback (most recent call last):
  File "/home/ops/.ansible/tmp/ansible-tmp-1795382243.1-23-2/AnsiballZ_stock.py", line 107, in <module>
    _ansiballz_main()
  File "/tmp/ansible_stock_payload_mli1/ansible_stock_payload.zip/ansible/modules/stock.py", line 6, in main
KeyError: 'b'
"""


def found(**result):
    return dict(holes(evidence_at(message="MODULE FAILURE", result=result)))


@pytest.mark.parametrize(
    "result",
    [
        {},
        {"module_stdout": "Stock: 41 items\n", "module_stderr": ""},
        {"exception": "(traceback unavailable)"},
        {"module_stderr": "Traceback (most recent call last)"},
        {"stderr": TRACEBACK},  # a program's own, which a command ran
    ],
)
def test_without_a_modules_traceback_nothing_is_said(result):
    assert found(**result) == {}


@pytest.mark.parametrize(
    "result",
    [
        {"module_stderr": TRACEBACK, "module_stdout": ""},
        {"module_stdout": TRACEBACK.replace("\n", "\r\n"), "module_stderr": "Shared connection to web1 closed.\r\n"},
        {"module_stdout": TRACEBACK + "\r\nShared connection to web1 closed.\r\n"},
        {"exception": TRACEBACK},
        {"module_stderr": TRACEBACK.replace("KeyError", "\x1b[1;35mKeyError\x1b[0m").replace('"/', '\x1b[35m"/')},
        {"module_stderr": TRACEBACK.replace("KeyError", "ValueError") + "\nDuring handling of …:\n\n" + TRACEBACK},
    ],
)
def test_the_last_exception_and_its_place(result):
    assert found(**result) == {"crash": "KeyError: 'b'", "crash_place": "ansible/modules/stock.py, line 6"}


def test_a_traceback_that_is_cut_off_still_tells_how_far_it_went():
    assert found(module_stderr=TRACEBACK.partition("KeyError")[0]) == {
        "crash_place": "ansible/modules/stock.py, line 6"
    }
