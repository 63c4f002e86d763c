"""Conversations as people have them: what is typed, what is answered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from calls import ROOT
from talks import PASTES, conversation, example, play

MIGRATE = example("migrate.yml")
LAUNCH, WAIT = MIGRATE[: MIGRATE.index("\n    - name: Wait")], "    - name: Wait" + MIGRATE.partition("- name: Wait")[2]
LAUNCH = LAUNCH[LAUNCH.index("    - name") :]
UNKNOWN = """\
TASK [Install nginx] ***********************************************************
fatal: [web1]: FAILED! => {"changed": false, "msg": "The depot has no crate 'nginxx'"}
fatal: [web2]: FAILED! => {"changed": false, "msg": "Something else altogether"}
"""


@pytest.fixture(autouse=True)
def _at_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    """The paths in the sessions are those of this checkout."""
    monkeypatch.chdir(ROOT)


# --- what must not be taken for something else ---------------------------------------------------


@pytest.mark.parametrize("inside", ["exit", "back", "2", "yes", "paste <<END"])
def test_a_paste_is_never_a_command(inside: str) -> None:
    text = example("migrate.log").replace("PLAY RECAP", f"{inside}\nPLAY RECAP")
    talk = conversation()
    reply = talk.pasted(text)
    assert not reply.leave
    assert "10 causes fit" in reply.text
    assert not talk.pasted(f"{inside}\n").leave
    assert talk.state.pending is None


def test_a_paste_of_several_lines_is_one_even_when_it_comes_as_if_typed() -> None:
    assert "10 causes fit" in conversation().enter(example("migrate.log")).text


@pytest.mark.parametrize("text", ["", "\n", " \n\n", "\t"])
def test_nothing_is_said_of_nothing(text: str) -> None:
    assert conversation().enter(text).text == ""
    assert "empty line" in conversation().pasted(text).text


@pytest.mark.parametrize("text", ["Dear all,\n\nlunch is at noon.\n", "- milk\n- eggs: 6\n", "a: 1\nb: 2\n", "{\n}\n"])
def test_what_is_neither_output_nor_tasks_says_so(text: str) -> None:
    assert "does not look like Ansible's output" in conversation().pasted(text).text


@pytest.mark.parametrize(
    "question", ["why does my job hang", "what if the job hangs?", "copy of a file", "apply fails with an error"]
)
def test_a_question_that_begins_like_a_command_is_a_question(question: str) -> None:
    talk = play("why> <<migrate.log\n[...]")
    assert (
        "Type a number to read one." in talk.enter(question).text or "nothing in the base" in talk.enter(question).text
    )
    assert talk.state.said == ()


def test_numbers_without_a_list_choose_nothing() -> None:
    play("""
why> 3
A number chooses from a list, and none is shown; help lists what you can type.
""")


# --- an error ------------------------------------------------------------------------------------


def test_one_question_at_a_time_tells_the_causes_apart() -> None:
    play("""
why> <<migrate.log
19 lines, 1 failure on web1

Wait for job failed on web1
  lines 7 to 15 of the paste, inside: until
  │ could not find job

10 causes fit what you gave me (causes lists them). One question:

Do the launch and the wait run on the same host (delegate_to, run_once, hosts)?
  1. same
     leaves 9 of 10 causes
  2. differ
     then: The wait asks another host than the one where the job runs
  3. not sure
Or paste the task that failed and the task that launched the job
why> 4
The answers are 1 to 3; ask shows them again.
why> maybe
"maybe" is no answer, and nothing else that I know. The answers are same,
differ, not sure; ask shows the question.
why> same
Noted: same. 1 cause ruled out.

9 causes fit what you gave me (causes lists them). One question:

Do the launch and the wait run as the same user (become, become_user,
remote_user)?
[...]
why> 2
Noted: differ. 8 causes ruled out.

The wait looks for the job in another user's home
async/status-as-other-user, certain: the evidence leaves no other cause
[...]
Step 1 of 2
Give the waiting task the same `become` and `become_user` as the launch has. A
task with `mode: cleanup` needs them too.

Type next for step 2; why, help.
""")


def test_not_sure_asks_the_next_and_never_again_until_only_a_list_is_left() -> None:
    talk = play("""
why> <<migrate.log
[...]
why> not sure
Not sure: noted, and not asked again.

10 causes fit what you gave me (causes lists them). One question:

Do the launch and the wait run as the same user (become, become_user,
remote_user)?
[...]
""")
    asked = []
    while talk.state.question:
        asked.append(talk.state.question.key)
        reply = talk.enter("I don't know")
    assert len(asked) == len(set(asked)) > 2
    assert "10 causes fit, and nothing more to ask; the likeliest first:" in reply.text
    play(
        """
why> 2
The wait looks for the job in another user's home
async/status-as-other-user, possible: nothing in the evidence speaks against it
[...]
""",
        talk,
    )


@pytest.mark.parametrize(
    ("typed", "kept"), [("y", "yes"), ("n", "no"), ("YES.", "yes"), ("no", "no"), ("not", "not sure")]
)
def test_an_answer_may_be_short(typed: str, kept: str) -> None:
    talk = play("why> <<backup.log\n[...]")
    talk.enter(typed)
    assert [said.value for said in talk.state.said] == [kept]


def test_an_answer_may_be_given_with_its_key_also_as_why_writes_it() -> None:
    for key in ("hosts_of_launch_and_wait", "hosts of launch and wait", "Hosts of launch and wait "):
        play(f"why> <<migrate.log\n[...]\nwhy> {key}=differ\nNoted: differ. 9 causes ruled out.\n[...]")


def test_what_if_keeps_nothing() -> None:
    talk = play("""
why> <<migrate.log
[...]
why> what if 2
If hosts of launch and wait were differ:
  It would be: The wait asks another host than the one where the job runs
  (async/status-on-other-host)
Only tried, nothing has changed. To keep it: hosts_of_launch_and_wait=differ
why> what if weather=fine
No question has the key "weather" (it asks for [...]
why> what if rain
"rain" is no answer to the open question; possible are same, differ, not sure,
or 1 to 3.
why> ask
Do the launch and the wait run on the same host (delegate_to, run_once, hosts)?
[...]
""")
    assert talk.state.said == ()


def test_back_undoes_answers_pastes_and_choices_but_not_moves() -> None:
    play("""
why> <<migrate.log
[...]
why> differ
[...]
why> next
Check it worked
[...]
why> back
Undone: the answer differ.
[...]
10 causes fit what you gave me (causes lists them). One question:
[...]
why> back
Undone: the pasted output of 19 lines.
Nothing is pasted now.
why> back
There is nothing to undo.
""")


def test_why_shows_forks_answers_and_what_they_ruled_out() -> None:
    play("""
why> <<migrate.log
[...]
why> same
[...]
why> why
What decided it
  • sign: job file missing (could not find job)
  • jid shape: id (ansible_job_id is j554728868171.339)
[...]
  • hosts of launch and wait: same (you said so)

What was ruled out
  • jid shape: id (ansible_job_id is j554728868171.339), so it is not:
[...]
  • hosts of launch and wait: same (you said so), so it is not:
    • The wait asks another host than the one where the job runs

What is left, the likeliest first (9)
  1. The wait looks for the job in another user's home
     async/status-as-other-user, possible
[...]
  and 4 more (causes)
""")


def test_a_message_alone_is_a_failure() -> None:
    play("""
why> could not find job
1 line, 1 failure

A task failed
  line 1 of the paste
  │ could not find job
[...]
""")


def test_an_unknown_failure_says_so_and_what_would_help() -> None:
    play(
        """
why> <<it
3 lines, 2 failures on 2 hosts

Install nginx failed on web1
  line 2 of the paste
  │ The depot has no crate 'nginxx'
  (failure 1 of 2; failures lists them)

No cause in the base fits this failure.
What would help: the task that failed, and the whole output of a run with -vvv.
Paste them here, or type their paths.
search WORDS looks through the base; save FILE writes a report for a ticket.
Once you know the cause, ansible-why kb new FAMILY/NAME PASTE keeps it for the
next time.
why> next
No cause in the base fits this failure, so there are no steps; search WORDS
looks for something near.
""",
        it=UNKNOWN,
    )


def test_several_failures_are_listed_and_chosen_by_number() -> None:
    talk = play(
        """
why> <<all
42 lines, 4 failures on 2 hosts
[...]
  (failure 1 of 4; failures lists them)
[...]
why> failures
  1. Wait for the backup failed on web1 (this one)
     7 causes fit
  2. Wait for job failed on web1
     10 causes fit
  3. Install nginx failed on web1
     no cause in the base fits
  4. Install nginx failed on web2
     no cause in the base fits
Type the number of the one to talk about.
why> 5
The list has 4 rows.
why> 2
Wait for job failed on web1
[...]
why> differ
Noted: differ. 9 causes ruled out.
[...]
why> failure 3
Install nginx failed on web1
[...]
why> failure
Which failure? there are failures 1 to 4, as in: failure 4.
why> back
Undone: failure 3.

Wait for job failed on web1
[...]
""",
        all=example("backup.log") + example("migrate.log").rstrip("\n") + "\n" + UNKNOWN,
    )
    assert talk.state.chosen == 1


def test_failures_that_were_ignored_are_shown_on_demand() -> None:
    ignored = example("migrate.log").replace("\nPLAY RECAP", "...ignoring\n\nPLAY RECAP")
    play(
        """
why> <<it
20 lines, no failure

This is Ansible's output, and nothing in it stopped the play.
  (1 failure ignored or rescued; ignored shows their causes)
why> ignored
  1. Wait for job failed on web1 and was ignored (this one)
     10 causes fit
why> 1
Wait for job failed on web1 and was ignored
[...]
why> <<index.log
[...]
why> ignored
Nothing in this output was ignored or rescued.
""",
        it=ignored,
    )


def test_another_cause_may_be_looked_at() -> None:
    play("""
why> <<migrate.log
[...]
why> causes
  1. The wait asks another host than the one where the job runs
     async/status-on-other-host, possible
[...]
Type a number to be led through the fix of that one.
why> 3
The job's file was cleaned up before the wait
[...]
Step 1 of [...]
why> cause 99
Which cause? there are causes 1 to 10, as in: cause 10.
why> back
Undone: cause 3.
[...]
""")


# --- tasks ---------------------------------------------------------------------------------------


def test_a_task_pasted_after_an_error_is_held_against_it() -> None:
    talk = play(
        """
why> <<migrate.log
[...]
why> <<migrate.yml
17 lines, a playbook with 2 tasks
Held against the failure.

The wait looks for the job in another user's home
async/status-as-other-user, certain: the evidence leaves no other cause
[...]
  pasted.yml
     12 │       ansible.builtin.async_status:
        │       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
[...]
why> diff
[...]
+      become: true
"""
    )
    assert [document.path for document in talk.state.documents] == ["pasted.yml"]


def test_a_task_pasted_alone_is_checked_and_waits_for_its_error() -> None:
    play("""
why> <<migrate.yml
17 lines, a playbook with 2 tasks

pasted.yml:12:7: async/status-as-other-user: the launch runs as root, [...]
   12 |       ansible.builtin.async_status:
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Now paste what Ansible printed when it failed: the two are held together.
why> check
pasted.yml:12:7: async/status-as-other-user[...]
why> next
Nothing was pasted yet: paste what Ansible printed, or type the path of a log.
why> <<migrate.log
19 lines, 1 failure on web1
Held against the pasted task.
[...]
async/status-as-other-user, certain: the evidence leaves no other cause
[...]
""")


def test_launch_and_wait_pasted_one_after_the_other_are_held_together() -> None:
    for first, second in ((LAUNCH, WAIT), (WAIT, LAUNCH)):
        talk = conversation()
        talk.pasted(example("migrate.log"))
        talk.pasted(first)
        assert "status-as-other-user, certain" in talk.pasted(second).text


def test_a_better_paste_of_the_same_task_takes_its_place() -> None:
    talk = play("why> <<migrate.log\n[...]\nwhy> <<migrate.yml\n[...]")
    talk.pasted(MIGRATE.replace("become: true", "become: false"))
    assert len(talk.state.documents) == 1
    assert "status-as-other-user" not in talk.enter("causes").text


@pytest.mark.parametrize("order", ["output first", "tasks first", "in a mail"])
def test_output_and_tasks_in_one_paste_are_told_apart(order: str) -> None:
    log, tasks = example("migrate.log"), MIGRATE
    text = {
        "output first": log + tasks,
        "tasks first": tasks + log,
        "in a mail": f"Hello,\n\nthis failed:\n\n```\n{log}```\n\nand the playbook:\n\n```yaml\n{tasks}```\n\nThanks\n",
    }[order]
    reply = conversation().pasted(text)
    first = reply.text.partition("\n")[0]
    assert re.fullmatch(r"\d+ lines, 1 failure on web1, a playbook with 2 tasks", first)
    assert "status-as-other-user, certain" in reply.text


def test_a_message_below_a_piece_of_a_file_is_told_from_it() -> None:
    reply = conversation().pasted(f"{WAIT}\ncould not find job\n")
    assert reply.text.startswith("9 lines, 1 failure, 1 task\n")


def test_what_a_result_holds_is_no_pasted_task() -> None:
    text = """\
TASK [Read the plan] ***********************************************************
fatal: [web1]: FAILED! =>
    ansible_job_id: j1.2
    attempts: 1
    msg: could not find job
    plan:
    - name: Start
      ansible.builtin.command: sleep 1
      register: job
    started: 1
"""
    assert conversation().pasted(text).text.startswith("10 lines, 1 failure on web1\n")


def test_output_that_a_pasted_task_quotes_is_no_failure() -> None:
    quoting = MIGRATE.replace(
        "ansible.builtin.command: sleep 1",
        'ansible.builtin.shell: |\n        cat <<X\n        fatal: [web9]: FAILED! => {"msg": "no"}\n        X',
    )
    assert (
        ", 1 failure on web1, a playbook with 2 tasks\n" in conversation().pasted(quoting + example("migrate.log")).text
    )


def test_a_playbook_that_speaks_of_a_failure_has_not_failed() -> None:
    reply = conversation().pasted(MIGRATE.replace("sleep 1", "echo could not find job"))
    assert reply.text.startswith("17 lines, a playbook with 2 tasks\n")


def test_the_newest_of_two_texts_with_the_failed_task_counts(tmp_path: Path) -> None:
    path = tmp_path / "old.yml"
    path.write_text(MIGRATE.replace("become: true", "become: false"))
    talk = play("why> <<migrate.log\n[...]")
    talk.enter(str(path))
    assert "status-as-other-user, certain" in talk.pasted(MIGRATE).text


def test_two_paths_in_one_line_are_held_together() -> None:
    for line in ("examples/migrate.log examples/migrate.yml", "examples/migrate.yml examples/migrate.log"):
        play(f"""
why> {line}
examples/migrate.log: 19 lines, 1 failure on web1
Held against examples/migrate.yml.
[...]
async/status-as-other-user, certain: the evidence leaves no other cause
[...]
""")


def test_code_that_does_not_hold_the_failed_task_says_nothing() -> None:
    play("""
why> <<migrate.log
[...]
why> <<index.yml
7 lines, a playbook with 1 task
I cannot tell where the task that failed, Wait for job, is in it, so it says
nothing of this failure.
why> same
Noted: same. 1 cause ruled out.
[...]
""")


def test_code_that_is_no_yaml_says_where() -> None:
    play(
        """
why> <<it
4 lines that look like tasks, but cannot be read as YAML: line 5, column 1: A
quote is opened and never closed. Close the quote.
""",
        it='- name: "Start\n  command: x\n- name: Wait\n  command: y\n',
    )


# --- a second error ------------------------------------------------------------------------------


def test_a_second_error_starts_anew_and_back_brings_the_first_one_back() -> None:
    play(
        """
why> <<migrate.log
[...]
why> <<migrate.yml
[...]
why> <<index.log
19 lines, 1 failure on web1
A new failure. The one before, and the task pasted for it: put aside (back
brings it back).

Rebuild search index failed on web1
[...]
why> back
Undone: the pasted output of 19 lines.

Wait for job failed on web1
[...]
async/status-as-other-user, certain: the evidence leaves no other cause
[...]
"""
    )


def test_more_output_of_the_same_task_keeps_its_code_and_answers() -> None:
    talk = play("""
why> <<migrate.log
[...]
why> same
[...]
why> <<migrate.log
19 lines, 1 failure on web1
The same task again: this output takes the place of the one before.
[...]
9 causes fit what you gave me (causes lists them). One question:
[...]
""")
    assert [said.value for said in talk.state.said] == ["same"]


def test_a_run_that_goes_well_leaves_the_failure_where_it_was() -> None:
    play("""
why> <<sound.log
13 lines, no failure

This is Ansible's output, and nothing in it stopped the play.
why> <<backup.log
[...]
why> <<sound.log
13 lines, no failure
Nothing in this output stopped the play. If it is the run after the fix, it
worked.
  Also: a retried task came good (line 8)
The failure before is kept.
why> ask
Is the job still running on the target? [...]
""")


# --- the fix -------------------------------------------------------------------------------------


def test_the_fix_is_shown_step_by_step() -> None:
    play(
        """
why> examples/index.log
[...]
why> examples/index.yml
[...]
Step 1 of 3
[...]
Type next for step 2; apply, why, help.
why> previous
This is the first step.
why> next
Step 2 of 3
[...]
-      async: 12
+      async: 120
[...]
why> next
Step 3 of 3
[...]
Type next for how to check that it worked; apply, why, help.
why> next
Check it worked
[...]
why> previous
Step 3 of 3
[...]
why> steps
1. Find out how long the job takes: [...]
3. Before the next run, look for what is left of this one. [...]
   (you are here)
"""
    )


def test_the_first_step_of_an_uncertain_cause_says_so() -> None:
    play("""
why> <<migrate.log
[...]
why> diff
There is no change to show without the code: paste the task that failed, or type
its file's path.
why> next
For this cause, which is only possible: The wait asks another host than the one
where the job runs
[...]
""")


@pytest.mark.parametrize(
    ("log", "command", "copied"),
    [
        ("index", "copy", "      async: 120\n"),
        ("index", "copy diff", "+      async: 120\n"),
    ],
)
def test_what_is_copied_is_also_printed(log: str, command: str, copied: str) -> None:
    talk = play(f"why> <<{log}.log\n[...]\nwhy> <<{log}.yml\n[...]")
    reply = talk.enter(command)
    assert copied in reply.copy
    assert reply.copy in reply.text


def test_without_a_change_the_command_of_the_step_is_copied() -> None:
    talk = play("why> <<backup.log\n[...]\nwhy> yes\n[...]")
    assert talk.enter("copy").copy == "pgrep -af async_wrapper"


# --- the base ------------------------------------------------------------------------------------


def test_a_question_finds_entries_and_a_number_opens_one() -> None:
    talk = play("""
why> until never becomes true
  1. [...]
Type a number to read one.
""")
    assert talk.state.menu is not None
    first = talk.state.menu.rows[0]
    assert first in talk.enter("1").text


def test_an_id_alone_explains_it_whole_or_short() -> None:
    for given in ("async/job-hung", "job-hung", "explain job-hung", "explain async/job-hung"):
        play(f"why> {given}\nThe job waits for something and would never end\nasync/job-hung\n[...]")


def test_a_family_is_listed() -> None:
    assert "async/job-hung" in conversation().enter("async/").text


def test_while_entries_are_listed_the_question_is_answered_by_words() -> None:
    talk = play("why> <<migrate.log\n[...]\nwhy> search could not find job\n[...]")
    assert talk.enter("1").text.startswith("The directory for job files")
    assert talk.enter("differ").text.startswith("Noted: differ.")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("stpes", 'No command is called "stpes"; did you mean steps?'),
        ("exti", 'No command is called "exti"; did you mean exit?'),
        ("help stpes", 'No command is called "stpes"; did you mean steps?'),
        ("examples/backup.lgo", "examples/backup.lgo: no such file; did you mean examples/backup.log?"),
        ("explain async/job-hug", 'No such cause "async/job-hug"; did you mean async/job-hung?'),
        ("read", "Read wants a path, as in: read build.log."),
        ("read examples", "examples: a folder, where a file is wanted."),
        ("examples/", "examples/: a folder, where a file is wanted."),
        ("what if", "Nothing was pasted yet: "),
        ("search", "Search wants words, as in: "),
        ("search qqqq", 'Nothing found for "qqqq"'),
        ("xyzzy qqqq", '"xyzzy qqqq" is neither output of Ansible nor a command'),
        ("undo", "No file was changed in this session."),
        ("read /dev/null", "/dev/null: a device or a pipe, where a file is wanted."),
        ("paste <<\x1b[2J", "A paste ends with a plain word, as in: paste <<END."),
        ("/no/such/place", "/no/such/place: no such file."),
        ("LICENSE", "LICENSE: neither output of Ansible nor tasks are in it."),
    ],
)
def test_wrong_words_get_one_line_with_the_mend(typed: str, answer: str) -> None:
    said = conversation(200).enter(typed).text
    assert said.replace("\n", " ").startswith(answer)
    assert "\n\n" not in said.rstrip("\n")


def test_help_names_every_command_and_each_has_its_own() -> None:
    from assistant.front.repl.commands import ALIASES, COMMANDS

    talk = conversation()
    listed = talk.enter("help").text
    for name in COMMANDS:
        assert f"\n  {name}" in listed
        assert talk.enter(f"help {name}").text.startswith(name)
    for name in ALIASES:
        assert talk.enter(f"help {name}").text


@pytest.mark.parametrize("word", ["exit", "quit", "q", "EXIT", " exit ", "exit."])
def test_leaving(word: str) -> None:
    assert conversation().enter(word).leave


# --- around the line -----------------------------------------------------------------------------


def test_the_hint_fits_the_moment() -> None:
    talk = conversation()
    hints = [talk.hint()]
    for line in ("examples/migrate.log", "search job", "differ", "paste"):
        talk.enter(line)
        hints.append(talk.hint())
    assert hints == [
        "Paste a failure or type a path; help; exit",
        "1 to 3 answer it; or paste the task; why; back; help",
        "A number opens an entry; help",
        "next; steps; check; why; back; save FILE; help",
        "Paste; a line with only END ends it",
    ]


def test_words_are_completed_with_their_meaning() -> None:
    talk = conversation()
    assert ("steps", "all steps at once") in talk.words("ste")
    assert ("async/job-hung", "") in talk.words("explain job-h")
    assert ("examples/backup.log", "file") in talk.words("examples/ba")
    assert ("examples/", "folder") in talk.words("read exam")
    assert ("what if", "try an answer without keeping it") in talk.words("help wh")
    assert talk.words("differ") == []
    talk.enter("examples/migrate.log")
    assert ("differ", "an answer to the open question") in talk.words("dif")
    assert ("sure", "an answer to the open question") in talk.words("not s")
    assert ("if", "try an answer without keeping it") in talk.words("what i")
    assert ("hosts_of_launch_and_wait=", "same, differ") in talk.words("what if hosts")
    assert ("hosts_of_launch_and_wait=differ", "") in talk.words("what if hosts_of_launch_and_wait=d")


def test_the_width_may_change_between_answers() -> None:
    talk = play("why> <<migrate.log\n[...]")
    talk.view = talk.view._replace(width=40)
    assert max(map(len, talk.enter("ask").text.splitlines())) <= 40


def test_the_conversation_says_what_to_do_first_in_any_width() -> None:
    for width in (200, 80, 40):
        assert "Paste what Ansible printed" in " ".join(conversation(width).opening().split())


def test_the_exit_status_is_that_of_the_last_paste() -> None:
    talk = conversation()
    assert talk.status() == 1
    talk.pasted(example("migrate.log"))
    assert talk.status() == 0
    talk.pasted(UNKNOWN)
    assert talk.status() == 1


# --- read aloud ----------------------------------------------------------------------------------


def test_read_aloud_there_is_nothing_but_words_and_numbers() -> None:
    talk = conversation(accessible=True)
    said = talk.opening() + talk.hint()
    for line in ("examples/backup.log", "examples/backup.yml", "next", "diff", "why", "causes", "help", "show"):
        said += talk.enter(line).text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", said)
    assert not re.search("[│├┤─▶•…^]", said)
    assert "Line 15: retries: 2 (there: 2)" in said
    assert "removed: retries: 2\nadded: retries: 120" in said
    assert "wait: gives up after 2 s" in said


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.name for path in PASTES.glob("*.txt")))
def test_any_paste_of_the_lab_can_be_led_through(name: str) -> None:
    talk = conversation()
    assert "failure" in talk.pasted((PASTES / name).read_text()).text
    for line in ("why", "causes", "next", "steps", "check", "show", "1", "back", "view", "not sure", "back", "back"):
        assert talk.enter(line).text.endswith("\n")
