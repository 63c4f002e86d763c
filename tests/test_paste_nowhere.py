"""Runs that reached no host and only warn; and the line that Ansible quotes of a file it could not read."""

from __future__ import annotations

import pytest

from assistant.paste import read

UNREAD = """\
[WARNING]: Unable to parse /home/ops/site/inventory.yml as an inventory source
[WARNING]: No inventory was parsed, only implicit localhost is available
[WARNING]: provided hosts list is empty, only localhost is available. Note that
the implicit localhost does not match 'all'
"""
NOBODY = "[WARNING]: Could not match supplied host pattern, ignoring: webservers\n"
SKIPPED = """\
[WARNING]: Skipping unexpected key (web) in group (all), only "vars",
"children" and "hosts" are valid
"""
NO_PLAY = """
PLAY [Web] *********************************************************************
skipping: no hosts matched

PLAY RECAP *********************************************************************

"""
DONE = """
PLAY [Local] *******************************************************************

TASK [debug] *******************************************************************
ok: [localhost] => {
    "msg": "hello"
}
"""
RECAP = """
PLAY RECAP *********************************************************************
localhost                  : ok=1    changed=0    unreachable=0    failed=0    skipped=0    rescued=0    ignored=0

"""
BENIGN = {
    "a play for localhost without an inventory": UNREAD + DONE + RECAP,
    "the same without its recap": UNREAD + DONE,
    "only its recap": UNREAD + RECAP,
    "one play of two finds no host": DONE + NOBODY + NO_PLAY.partition("PLAY RECAP")[0] + RECAP,
    "a group that is empty, and nothing is said about it": NO_PLAY,
    "an ad hoc command for localhost": UNREAD
    + 'localhost | SUCCESS => {\n    "changed": false,\n    "ping": "pong"\n}\n',
    "a play that begins": UNREAD + "\nPLAY [Local] *****\n\nTASK [debug] ****\n",
    "a syntax check": UNREAD.partition("\n")[2] + "\nplaybook: site.yml\n",
    "a pattern that nobody has, and nothing else": NOBODY,
    "a key of the inventory that is skipped, and a run that goes well": SKIPPED + DONE + RECAP,
    "the same warning alone": SKIPPED,
    "another warning": "[WARNING]: Failed to parse the date\n" + DONE + RECAP,
}


@pytest.mark.parametrize("name", BENIGN)
def test_warnings_about_the_inventory_are_no_failure_by_themselves(name):
    assert (read(BENIGN[name]).verdict, read(BENIGN[name]).failures) == ("no-failure", ())


def test_another_failure_speaks_for_itself_and_the_warnings_are_evidence():
    text = UNREAD + "ERROR! Specified hosts and/or --limit does not match any hosts\n"
    (failure,) = read(text).failures
    assert failure.message == "Specified hosts and/or --limit does not match any hosts"
    assert next(seen.text for seen in failure.seen if seen.kind == "warning").endswith("as an inventory source")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (UNREAD + NOBODY + NO_PLAY, "Unable to parse /home/ops/site/inventory.yml as an inventory source"),
        (UNREAD, "Unable to parse /home/ops/site/inventory.yml as an inventory source"),
        # all that an ad hoc command prints where no inventory is given
        (UNREAD.partition("\n")[2], "No inventory was parsed, only implicit localhost is available"),
        (NOBODY + NO_PLAY, "Could not match supplied host pattern, ignoring: webservers"),
        (
            NOBODY + "[WARNING]: No hosts matched, nothing to do\n",
            "Could not match supplied host pattern, ignoring: webservers",
        ),
        (
            UNREAD.partition("\n")[2] + NOBODY + NO_PLAY,
            "No inventory was parsed, only implicit localhost is available",
        ),
    ],
)
def test_a_run_that_reached_nobody_failed_with_the_most_telling_warning(text, message):
    (failure,) = read(text).failures
    assert (failure.kind, failure.message) == ("parse", message)
    assert all(text.count(said[:40]) for said in failure.chain)


def test_a_json_text_behind_the_warnings_is_still_read():
    text = UNREAD + '{"plays": [], "stats": {}}\nfatal: [web1]: FAILED! => {"msg": "no"}\n'
    assert [failure.message for failure in read(text).failures] == ["no"]


PLUGIN = """\
[WARNING]: Failed to parse inventory with 'yaml' plugin: YAML parsing failed: Colons in unquoted values.

Failed to parse inventory with 'yaml' plugin.

<<< caused by >>>

YAML parsing failed: Colons in unquoted values.
Origin: /home/ops/site/inventory.yml:6:13

4       hosts:
5         web01:
6        web02:
              ^ column 13

"""


def test_what_a_plugin_said_is_read_with_its_place():
    (failure,) = read(PLUGIN + UNREAD + NO_PLAY).failures
    assert failure.chain[0].startswith("Failed to parse inventory with 'yaml' plugin: YAML parsing failed:")
    assert failure.origin is not None
    assert (failure.origin.path, failure.origin.line) == ("/home/ops/site/inventory.yml", 6)


# --- the line that is quoted ---------------------------------------------------------------------------

OLD = """\
ERROR! We were unable to read either as JSON nor YAML, these are the errors we got from each:
JSON: Expecting value: line 1 column 1 (char 0)

Syntax Error while loading YAML.
  {said}

The error appears to be in '/home/ops/site/{file}': line {line}, column {column}, but may
be elsewhere in the file depending on the exact syntax problem.

The offending line appears to be:

{above}
{quoted}
{mark}^ here
"""


@pytest.mark.parametrize(
    ("line", "above", "quoted"), [(5, "  tasks:", "    - name: Note: old"), (1, "", "title: A: b"), (7, "a:", "\tb: c")]
)
def test_older_releases_quote_the_line_above_the_mark(line, above, quoted):
    values = {"said": "mapping values are not allowed", "file": "a.yml", "column": 9, "mark": "        "}
    (failure,) = read(OLD.format(line=line, above=above, quoted=quoted, **values)).failures
    assert failure.origin is not None
    assert (failure.origin.line, failure.origin.above, failure.origin.quoted) == (line, above, quoted)


def test_the_message_begins_with_what_yaml_said():
    (failure,) = read(OLD.format(said="x", file="a.yml", line=3, column=1, above="", quoted="a", mark="")).failures
    assert failure.message == "Syntax Error while loading YAML.\n  x"
    (failure,) = read("ERROR! We were unable to read either as JSON nor YAML, and no more\n").failures
    assert failure.message == "We were unable to read either as JSON nor YAML, and no more"


def test_an_excerpt_that_was_cut_off_quotes_nothing():
    text = OLD.partition("The offending")[0].format(said="x", file="a.yml", line=3, column=1)
    (failure,) = read(text).failures
    assert failure.origin is not None
    assert (failure.origin.line, failure.origin.quoted) == (3, "")


def test_a_key_of_the_inventory_that_is_skipped_tells_more_than_the_name_that_nobody_has():
    (failure,) = read(SKIPPED + NOBODY + NO_PLAY).failures
    assert failure.message.startswith("Skipping unexpected key (web) in group (all)")
    assert failure.kind == "parse"
    assert len(failure.chain) == 2
