"""Nothing pasted can crash, hang or fill the memory: time stays linear, nesting is refused, any damage is read."""

from __future__ import annotations

import io
import time
from pathlib import Path

import mangle
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from often import often

from assistant.model import Paste
from assistant.paste import lenient, read, read_file, yamlish

TEXTS = [path.read_text() for path in sorted((Path(__file__).parent / "pastes").glob("*.txt"))]
HEAD = "fatal: [web1]: FAILED! => "
SIZE = often(30_000, 100_000)


def times(text: str) -> str:
    return text * (SIZE // len(text))


HOSTILE = {
    "a": times("a"), "nul": times("\0"), "line ends": times("\n"), "blanks": times(" "), "tabs": times("\t"),
    "brackets": times("{"), "deep": HEAD + times("["), "deep and closed": HEAD + '{"a":' * 9_000 + "1" + "}" * 9_000,
    "open strings": HEAD + times('{"'), "quotes": HEAD + '{"a": "' + times('\\"'), "commas": HEAD + "{" + times(","),
    "escapes": HEAD + '{"a": "' + times("\\"), "heads": times(HEAD + "\n"), "heads in a row": times(HEAD),
    "cut off": times(HEAD + '{"msg": "x\n'), "tasks": times("TASK [x"), "names": "TASK [" + times("]"),
    "ad hoc": times("web1 | FAILED | rc=1 >>\n"), "bars": times("a | "), "retries": times("FAILED - RETRYING: x "),
    "errors": times("[ERROR]: Task failed\n\n"), "causes": "[ERROR]: x\n" + times("<<< caused by >>>\n"),
    "places": times("The error appears to be in 'a"), "warnings": times("[WARNING]: x\n"), "quoted": times("> \n"),
    "prefixes": times("2026-01-01T10:00:00Z > [10:00:00] TASK [a] **\n"), "yaml": HEAD + "\n" + times("  a:\n"),
    "yaml deep": HEAD + "\n" + "\n".join(" " * (i + 1) + "a:" for i in range(440)),
    "flow": HEAD + "\n a: " + times("[{"),
    "yaml up": HEAD + "\n" + "".join(" " * (440 - i) + "a: 1\n" for i in range(438)),
    "results": times('{"changed": 1}\n'),
    "open results": times("{\n"), "colours": times("\x1b[0;31m"), "fences": times("```\n"),
    "recaps": times("PLAY RECAP ***\n"),
    "ignored": times(HEAD + '{"msg": "x"}\n...ignoring\n'), "wrapped": times("x" * 80 + "\n"), "cr": times("ok: [a]\r"),
    "items": times("failed: [web1] (item=x"), "unixy": times(" failed | stdout: "),
    "secrets": HEAD + '{"msg": "' + times("password: "),
    "lost line ends": "TASK [a] ***" + times(HEAD), "stars": times("*") + "fatal: [",
    "lost and blank": "***" + times(" "), "lost places": "TASK [a] ***fatal: [" + times("Origin: a"),
    "lost ad hoc": "}" + times("web1 | FAILED! "),
    "lost recaps": "*** ok: [" + times("web1 : ok="), "lost tasks": "***ok: [" + times("TASK ["),
    "nested results": HEAD + '{"failed": true, "results": [' * 45 + "1" + "]}" * 45,
    "invisible": times("\u2028\u202e\xa0é"),
    "many tasks": "".join(f'TASK [t{i}] **\n{HEAD}{{"msg": "x"}}\n' for i in range(SIZE // 50)),
    "tree": '{"plays": [{"tasks": [' + times('{"task": {"name": "t"}, "hosts": {"h": {"failed": true}}},') + "1]}]}",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_linear_and_calm(name: str) -> None:
    text = HOSTILE[name]
    assert any(spent_on(text) < 0.4 + 3 * len(text) / 1e6 for _ in range(3)), "slow thrice is no chance"
    check(read(text))


def spent_on(text: str) -> float:
    """CPU seconds."""
    start = time.process_time()
    read(text)
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_second_per_megabyte(name: str) -> None:
    text = HOSTILE[name] * 20
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 0.5 + 2 * len(text) / 1e6  # 1 s on a quiet machine


def check(paste: Paste) -> None:
    """What holds for every answer."""
    assert (paste.verdict == "failures") == bool(paste.failures)
    for failure in paste.failures:
        assert 1 <= failure.lines[0] <= failure.lines[1] <= max(paste.lines, 1) + 1
        assert failure.count >= 1 and len(failure.seen) <= 40
        assert failure.host == (failure.hosts[0] if failure.hosts else "")
        assert "\x1b" not in str(failure) and "\0" not in failure.message


def test_nesting_is_refused_not_followed() -> None:
    for deep in ('{"a":' * 1_000 + "1" + "}" * 1_000, '{"a":' + "[" * 1_000, "{'a': " * 1_000):
        paste = read(HEAD + deep)
        assert paste.failures[0].truncated and paste.failures[0].result == {}
    assert lenient.read('{"a":' * 99 + "1" + "}" * 99)[0] is not None


def test_yaml_nesting_ends_somewhere() -> None:
    lines = [" " * i + "a:" for i in range(5_000)]
    assert yamlish.read(lines)[0] is not None


damage = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from(["cut", "drop", "double", "junk", "swap"]), st.text(max_size=8)),
    max_size=6,
)


@settings(max_examples=often(15, 60), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(TEXTS), damage, st.sampled_from([*mangle.ALL.values(), str]), st.booleans())
def test_damaged_outputs(text: str, steps: list[tuple[int, str, str]], change: mangle.Mangle, first: bool) -> None:
    text = change(text) if first else text
    for at, kind, junk in steps:
        at %= len(text) + 1
        if kind == "cut":
            text = text[:at]
        elif kind == "drop":
            text = text[:at] + text[at + 20 :]
        elif kind == "double":
            text = text[:at] + text[max(0, at - 200) :]
        elif kind == "swap":
            text = text[at:] + text[:at]
        else:
            text = text[:at] + junk + text[at:]
    text = text if first else change(text)
    paste = read(text)
    check(paste)
    assert read(text) == paste
    data = text.encode("utf-8", "replace")
    assert read_file(io.BytesIO(data)) == read(data.decode())


@settings(max_examples=often(30, 500), deadline=None)
@given(st.text(alphabet=st.sampled_from("{}[]\",:'\\ \n\tabc1-.u"), max_size=80))
def test_lenient_takes_anything(text: str) -> None:
    found, partial = lenient.read("{" + text)
    assert found is None or isinstance(found, dict)
    assert partial or found is not None


@settings(max_examples=often(30, 500), deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from("ab:-|> '\"\\#[]{}1"), max_size=12), max_size=12))
def test_yamlish_takes_anything(lines: list[str]) -> None:
    found, bad = yamlish.read(lines)
    assert bad or found
