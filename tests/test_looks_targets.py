"""Files and who writes them: what must not be concluded first, then what may be."""

from __future__ import annotations

import pytest
from looking import evidence_at, look

from assistant.kb.signs import Match, Sign
from assistant.looks import LOOKS
from assistant.looks.values import values

COPY = "- name: Write\n  ansible.builtin.copy:\n    content: x\n    dest: /etc/shop/shop.conf\n"
SIGN = Sign("files", "destination directory missing", "", {}, (), "", "", {}, "")


def at_place(place, text="", name="Write"):
    """The evidence of a failure that named a place."""
    return evidence_at(text, name, host="web1")._replace(match=Match(SIGN, {"place": place}, ""))


# --- who writes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ("", "unknown"),
        ("  become: false\n", "unknown"),  # the connection may be root's
        ('  become: "{{ as_root }}"\n', "unknown"),
        ('  become: true\n  become_user: "{{ owner }}"\n', "unknown"),
        ("  remote_user: root\n  become: false\n", "unknown"),
        ("  become: true\n  become_user: shop\n", "no"),
        ("  become: true\n", "yes"),
        ("  become: true\n  become_user: root\n", "yes"),
        ("  remote_user: root\n", "yes"),
    ],
)
def test_who_the_task_runs_as(more, word):
    assert look("runs_as_root", COPY + more, "Write") == word


@pytest.mark.parametrize(
    ("place", "word"),
    [
        ("", "unknown"),
        ("etc/shop", "unknown"),
        ("/srv/media", "no"),
        ("/var/tmp/x", "no"),
        ("/var/www/shop", "no"),
        ("/home/ops", "no"),
        ("/etcetera", "no"),
        ("/etc", "yes"),
        ("/var/lib/shop", "yes"),
        ("'/opt/shop'", "yes"),
    ],
)
def test_whose_place_it_is(place, word):
    fact = LOOKS["place_of_root"](at_place(place))
    assert (fact.value if fact else "unknown") == word


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ('"{{ archive }}"', "other"),
        ("shop.rar", "other"),
        ("shop.zip.gpg", "other"),
        ("shop.ZIP", "zip"),
        ("shop-4.2.tar.gz", "tar"),
        ("shop.tgz", "tar"),
    ],
)
def test_the_kind_of_an_archive(source, word):
    text = f"- name: Unpack\n  unarchive: {{src: {source}, dest: /tmp}}\n"
    assert look("archive_kind", text, "Unpack") == word
    assert look("archive_kind") == "unknown"


# --- what the edits write ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        COPY + "  when: shop\n",
        COPY + "  delegate_to: web2\n",
        COPY + "  become: true\n  become_user: shop\n",
        COPY + '  become: "{{ as_root }}"\n',
        COPY.replace("/etc/shop/", "{{ folder }}/"),
        COPY.replace("/etc/shop/", "/etc/other/"),
        "- name: Folder\n  file: {path: /etc/shop, state: directory}\n" + COPY,
    ],
)
def test_no_directory_is_made_where_it_is_not_certain_which_or_how(text):
    assert "directory_to_make" not in values(at_place("/etc/shop", text))


def test_the_directory_is_made_as_its_file_is_written():
    known = values(at_place("/etc/shop", COPY + "  become: true\n"))
    assert (known["file_action"], known["directory_to_make"], known["become_line"]) == (
        "ansible.builtin.file",
        "/etc/shop",
        "become: true",
    )


def test_only_a_whole_path_can_be_meant_on_the_target():
    near = "- name: Write\n  copy: {src: shop.conf, dest: /etc/shop/}\n"
    assert "remote_source" not in values(at_place("", near))
    assert values(at_place("", near.replace("shop.conf", "/var/shop.conf")))["remote_source"] == "true"
    assert "remote_source" not in values(at_place("", near.replace("copy", "template").replace("shop.c", "/var/c")))


def test_a_file_that_could_not_be_made_names_its_directory_and_no_other():
    touch = "- name: Write\n  file:\n    path: /tmp/etc/shop/ready\n    state: touch\n"
    match = Match(SIGN, {"touched": "'/tmp/etc/shop/ready'"}, "")
    found = values(evidence_at(touch, "Write", host="web1")._replace(match=match))
    assert (found["place"], found["directory_to_make"]) == ("/tmp/etc/shop", "/tmp/etc/shop")
    assert values(evidence_at("", "Write", host="web1")._replace(match=match))["place"] == "/tmp/etc/shop"


def test_a_file_that_a_task_above_writes_is_not_let_be_absent():
    line = "- name: Write\n  lineinfile:\n    path: /etc/shop/shop.conf\n    line: port=8400\n"
    match = Match(SIGN, {"file": "/etc/shop/shop.conf"}, "")
    above = evidence_at(COPY.replace("Write", "First") + line, "Write", host="web1")._replace(match=match)
    assert not values(above).get("option_if_absent")
    below = evidence_at(line + COPY.replace("Write", "Last"), "Write", host="web1")._replace(match=match)
    assert values(below)["option_if_absent"] == "create"


@pytest.mark.parametrize(
    ("family", "ran_on", "more", "host"),
    [
        ("files", "web1", "", "web1"),
        ("files", "", "", "web1"),
        ("undefined", "db1", "", "web1"),  # whose variables are read: its own
        ("files", "{{ db }}", "", "web1"),
        ("files", "10.20.0.5", "", None),  # an address need not be a name of the inventory
        ("files", "another host", "", None),
        ("files", "", '  delegate_to: "{{ db }}"\n', "web1"),
        ("unreachable", "db1", "", "db1"),
        ("files", "", "  delegate_to: db1\n", "db1"),
    ],
)
def test_the_host_to_look_at_is_the_one_a_task_was_delegated_to(family, ran_on, more, host):
    match = Match(SIGN._replace(family=family), {}, "")
    found = values(evidence_at(COPY + more, "Write", host="web1", ran_on=ran_on)._replace(match=match))
    assert found.get("host") == host


def test_no_directory_is_made_for_the_home_of_nobody():
    text = COPY.replace("/etc/shop/shop.conf", "~shop/.netrc")
    assert "directory_to_make" not in values(at_place("~shop", text))


@pytest.mark.parametrize(
    ("result", "word"),
    [
        ({}, "unknown"),
        ({"path": "/srv/shop/current"}, "unknown"),
        ({"path": "/srv/shop/current", "src": "/srv/shop/r5"}, "given"),
        ({"path": "/srv/shop/current", "src": "/srv/shop/current"}, "missing"),
    ],
)
def test_a_link_that_is_its_own_source_was_given_none(result, word):
    assert look("link_source", result=result) == word
