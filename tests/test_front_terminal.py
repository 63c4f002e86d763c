"""Answers on a terminal: whole pages compared, and what must never get through."""

from __future__ import annotations

import re

import pytest
from front_values import CAUSE, FAILURE, LIKELY, PATH, QUESTION, TEXT, UNKNOWN, report, span
from rich.cells import cell_len

from assistant.front.forms.view import View
from assistant.front.terminal.diagnosis import diagnosis
from assistant.front.terminal.entries import explained, listed
from assistant.front.terminal.picture import picture
from assistant.front.terminal.sheet import Sheet
from assistant.model import Bar, Cause, Failure, Finding

PLAIN = View(80)


def shown(*findings: Finding, view: View = PLAIN, verdict: str = "causes", notes: tuple[str, ...] = ()) -> str:
    """The text for one paste."""
    return diagnosis([report(*findings, verdict=verdict, notes=notes)], {PATH: TEXT}, view)


def without_colour(text: str) -> str:
    """What is left when colour is taken away."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def with_cause(cause: Cause) -> Finding:
    """A failure with this cause alone."""
    return Finding(FAILURE, (cause,), None, ())


# --- what must not get through -----------------------------------------------------------------


@pytest.mark.parametrize("words", ["[red]x[/red]", "[/]", "[link=http://evil]x[/link]", ":smile:", "\\[bold]"])
def test_words_of_a_paste_are_no_markup(words: str) -> None:
    finding = Finding(Failure(task=words, host=words, hosts=(words,), message=words), (), None, ())
    assert shown(finding).count(words) >= 3


def test_secrets_of_the_file_are_not_shown() -> None:
    text = TEXT.replace("retries: 10", "retries: 10 # --password hunter2")
    assert "hunter2" not in diagnosis([report(LIKELY)], {PATH: text}, PLAIN)
    step = CAUSE.steps[0]._replace(diff="--- a/x\n+++ b/x\n db_password: hunter2\n+retries: 1\n")
    answer = shown(with_cause(CAUSE._replace(steps=(step,))))
    assert "hunter2" not in answer
    assert "+retries: 1" in answer


def test_no_colour_codes_without_colour() -> None:
    assert "\x1b" not in shown(LIKELY, UNKNOWN)


def test_ascii_only_where_nothing_else_can_be_shown() -> None:
    cause = CAUSE._replace(
        picture=(Bar("job", 600, "killed"), Bar("wait", 30, "gives up")), because=(), what="It ended."
    )
    answer = shown(Finding(FAILURE, (cause,), QUESTION, ()), view=View(80, unicode=False))
    assert answer.isascii()
    assert "|-----" in answer


def test_nothing_named_is_never_a_cause() -> None:
    answer = shown(UNKNOWN, verdict="unknown")
    assert "No cause in the base fits this failure." in answer
    assert "explain" not in answer


# --- what is shown -----------------------------------------------------------------------------

WHOLE = """\
Wait for the backup failed on web1, web2 and 2 more
  async_status, lines 8 to 11 of the paste, 4 hosts alike, inside: until

The wait gives up before the job is done
async/wait-shorter-than-job, likely: the evidence points here

The wait looked 10 times and stopped, while the job `j81.22` still ran on
`web1`.

Why we think so
  • line 11 of the paste says `attempts: 10`: every look was made and none saw
    the end
  • 10 looks, 3 s apart, wait 30 s; the job may take 600 s (line 12)

  roles/db/tasks/backup.yml
     12 │   retries: 10
        │   ^^^^^^^^^^^

  job   ├───────────────────────────────────────────────────▶ 600 s, then killed
  wait  ├┤ gives up after 30 s (10 × 3 s)

Why it happens
`retries` and `delay` bound the wait, `async` bounds the job, and nothing ties
the two together.

Fix
1. Let the wait last as long as the job may: raise `retries`.
   (safe to apply as it stands)

   --- a/roles/db/tasks/backup.yml
   +++ b/roles/db/tasks/backup.yml
   @@ -9,5 +9,5 @@
        jid: "{{ backup_job.ansible_job_id }}"
      register: backup_result
      until: backup_result is finished
   -  retries: 10
   +  retries: 200
      delay: 3

2. Run the play again:

     ansible-playbook site.yml --limit web1

Check it worked
The last line of the wait says `changed`, not `FAILED!`.

Proved on ansible-core 2.14.18, 2.21.5 (2026-11-22).

Other causes that fit, the likeliest first
  2. The job waits for something and would never end (possible)
     async/job-hung

To tell them apart
How long does the job take by hand?
  1. less than 30 s
  2. longer
Answer with: --answer run_time=1
Or paste: the output of `time backup`

More: ansible-why explain async/wait-shorter-than-job
"""


def test_the_whole_answer() -> None:
    assert shown(LIKELY) == WHOLE


def test_colour_says_nothing_that_words_do_not() -> None:
    painted = shown(LIKELY, view=View(80, colour=True))
    assert "\x1b[" in painted
    assert without_colour(painted) == WHOLE


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 200])
def test_nothing_but_code_and_places_is_wider_than_the_screen(width: int) -> None:
    wide = [line for line in shown(LIKELY, view=View(width)).splitlines() if cell_len(line) > width]
    code = (
        "---",
        "+++",
        "@@",
        "-",
        "+",
        "jid:",
        "until:",
        "register:",
        "ansible-playbook",
        "roles/",
        "12",
        "│",
        "More: ansible-why",
    )
    assert [line for line in wide if not line.strip().startswith(code)] == []


def test_a_later_failure_of_the_same_cause_is_not_told_again() -> None:
    later = LIKELY._replace(failure=FAILURE._replace(task="Wait for the other"))
    answer = shown(LIKELY, later)
    assert "1. Wait for the backup failed" in answer
    assert "2. Wait for the other failed" in answer
    assert "The same cause as number 1: The wait gives up before the job is done" in answer
    assert answer.count("Why it happens") == 1


def test_an_unknown_failure_is_shown_readable_with_what_to_give() -> None:
    failure = UNKNOWN.failure._replace(origin=FAILURE.origin)
    assert (
        shown(UNKNOWN._replace(failure=failure), verdict="unknown")
        == """\
Load it failed on db1
  command, line 1 of the paste
  │ E: no such package
  │ second line

No cause in the base fits this failure.
  Ansible names the place /srv/site/roles/db/tasks/backup.yml:7:3

  roles/db/tasks/backup.yml
      7 │ - name: Wait for the backup
        │   ^^^^^^^^^^^^^^^^^^^^^^^^^

To know more, give the whole output (run it again with -vvv) and the file with
the task:
  ansible-why diagnose build.log --task path/to/tasks.yml
Once you know the cause, keep it for the next time:
  ansible-why kb new FAMILY/NAME build.log
"""
    )


def test_a_message_of_a_thousand_lines_is_cut_and_says_so() -> None:
    failure = UNKNOWN.failure._replace(message="\n".join(f"line {number}" for number in range(1000)))
    answer = shown(UNKNOWN._replace(failure=failure))
    assert "(986 lines left out here)" in answer
    assert len(answer.splitlines()) < 30


@pytest.mark.parametrize("verdict", ["no-failure", "not-ansible"])
def test_no_failure_is_one_sentence_and_the_notes(verdict: str) -> None:
    answer = shown(verdict=verdict, notes=("line 9: failed and was ignored",))
    assert answer.endswith("\nAlso\n  • line 9: failed and was ignored\n")
    assert answer.count(".") == 1


def test_a_long_line_of_the_file_is_cut_around_its_mark() -> None:
    text = TEXT.replace("  retries: 10", "  " + "x" * 300 + " retries: 10 " + "y" * 300)
    fact = CAUSE.because[1]._replace(span=span("retries: 10", text))
    answer = diagnosis([report(with_cause(CAUSE._replace(because=(fact,))))], {PATH: text}, PLAIN).splitlines()
    at = next(number for number, line in enumerate(answer) if "xxx retries: 10 yyy" in line)
    assert cell_len(answer[at]) <= 80
    assert answer[at].index("retries") == answer[at + 1].index("^")


def test_a_line_with_several_marks_is_shown_once() -> None:
    text = "- wait: {retries: 10, delay: 3}\n"
    facts = [CAUSE.because[1]._replace(span=span(words, text), because=words) for words in ("delay: 3", "retries: 10")]
    answer = diagnosis([report(with_cause(CAUSE._replace(because=tuple(facts))))], {PATH: text}, PLAIN)
    assert (
        """
  • delay: 3 (line 1)
  • retries: 10 (line 1)

  roles/db/tasks/backup.yml
      1 │ - wait: {retries: 10, delay: 3}
        │          ^^^^^^^^^^^  ^^^^^^^^
"""
        in answer
    )


# --- pictures of time --------------------------------------------------------------------------


def drawn(width: int, *bars: Bar, unicode: bool = True) -> str:
    """The picture of `bars`."""
    sheet = Sheet(View(width, unicode=unicode))
    picture(sheet, bars)
    return sheet.text()


def test_bars_are_to_scale() -> None:
    lines = drawn(80, Bar("job", 100, "a"), Bar("wait", 50, "b")).splitlines()
    assert lines[0].count("─") + 2 == pytest.approx(2 * (lines[1].count("─") + 2), abs=1)


def test_where_there_is_no_room_the_words_go_under_the_bars() -> None:
    assert (
        drawn(40, Bar("job", 600, "600 s, then killed by the watcher"), Bar("wait", 30, "gives up after 30 s"))
        == """\
  job   ├──────────────────────────────▶
        600 s, then killed by the
        watcher
  wait  ├┤
        gives up after 30 s
"""
    )


def test_a_bar_too_short_to_show_anything_gets_the_whole_line() -> None:
    lines = drawn(40, Bar("job", 600, "600 s, then it ended"), Bar("wait", 300, "300 s")).splitlines()
    assert [line.strip() for line in lines[1::2]] == ["600 s, then it ended", "300 s"]
    assert lines[0].count("─") > 25


def test_the_picture_in_ascii() -> None:
    assert (
        drawn(40, Bar("job", 4, "4 s"), Bar("wait", 2, "2 s"), unicode=False)
        == """\
  job   |--------------------------> 4 s
  wait  |------------| 2 s
"""
    )


@pytest.mark.parametrize("seconds", [(), (0.0, 0.0), (float("inf"), 1.0), (-1.0,)])
def test_what_cannot_be_drawn_is_left_out(seconds: tuple[float, ...]) -> None:
    assert drawn(80, *(Bar("x", each, "y") for each in seconds)) == ""


# --- entries -----------------------------------------------------------------------------------


def test_an_entry() -> None:
    answer = explained(
        "A title", "async/x", ["ansible-core 2.9 - 2.21"], [("Why", "Because `a`.")], ("async/y",), PLAIN
    )
    assert (
        answer
        == """\
A title
async/x
ansible-core 2.9 - 2.21

Why
Because `a`.

See also
  async/y

https://ansible-why.github.io/async/x/
"""
    )


def test_a_list_stands_in_columns_where_there_is_room() -> None:
    rows = [("async/long-name", "One title", ""), ("async/b", "Another title", "the line with the word")]
    assert (
        listed(rows, PLAIN)
        == """\
async/long-name  One title
async/b          Another title
                 the line with the word
"""
    )
    assert listed(rows, View(30)).splitlines()[:2] == ["async/long-name", "  One title"]
