"""What is known of an undefined name and of a field that is missing: first what must not be concluded."""

from __future__ import annotations

from textwrap import dedent

import pytest

from assistant.kb.signs import Match, Sign
from assistant.looks import LOOKS, gather
from assistant.looks.attributes import holes as holes_of_fields
from assistant.looks.names import holes as holes_of_names
from assistant.looks.names import is_fact, is_slip
from assistant.model import Failure, Origin, Seen
from assistant.plays import read, task_named

PLAY = """\
- hosts: databases
  tasks:
    - ansible.builtin.set_fact:
        join_token: abc
- hosts: web
  gather_facts: false
  vars:
    shop_worker_count: 4
  tasks:
    - name: Sum
      ansible.builtin.command: sha256sum {{ item }}
      loop: [a, b]
      register: sums
    - name: Migrate
      ansible.builtin.command: migrate
      register: migration
      when: wanted
    - name: Reads
      ansible.builtin.debug:
        msg: "{{ %s }}"
      loop: "{{ sites }}"
    - name: Later
      ansible.builtin.command: id
      register: known_later
- hosts: other
  vars:
    other_play: 1
  tasks: []
"""


def evidence(reads, variable="", attribute="", files=(), text=PLAY, **failure):
    """The task "Reads" of the play with `reads` in its braces; `variable`, `attribute`: what the sign caught."""
    file = read("site.yml", dedent(text) % reads)
    words = f"'{variable}' is undefined" if variable else f"'dict object' has no attribute '{attribute}'"
    holes = {"variable": f"'{variable}'"} if variable else {"attribute": f"'{attribute}'"}
    sign = Sign("undefined", "x", words, {}, (), "", "", {}, "undefined")
    match = Match(sign, holes, words)
    given = Failure(message=words, host="web01", task="Reads", **failure)
    return gather(given, file, task_named(file, "Reads")[0], match=match, files=(file, *files))


def alone(message="", **failure):
    """Evidence of a paste without its play."""
    return gather(Failure(message=message, host="web01", task="Reads", **failure), None, None)


def answer(look, found):
    fact = LOOKS[look](found)
    return fact and fact.value


def row(kind, task, text=""):
    return Seen(kind, "web01", task, {}, text or f"{kind}: [web01]", 3, "web01")


# --- names --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("db_port", "db_host"),
        ("port1", "port2"),
        ("site_1_name", "site_2_name"),
        ("shop_workers", "shop_workers_count"),
        ("user", "used"),
        ("db_user", "db_uses"),
    ],
)
def test_two_names_that_are_no_slip_of_each_other(one, other):
    assert not is_slip(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shop_workers_count", "shop_worker_count"),
        ("Shop_Port", "shop_port"),
        ("port_shop", "shop_port"),
        ("dbhost", "db_host"),
    ],
)
def test_slips(one, other):
    assert is_slip(one, other)


@pytest.mark.parametrize(
    "name", ["ansible_host", "ansible_user", "ansible_become_password", "ansible_deploy_key", "ansible"]
)
def test_what_begins_with_ansible_and_is_no_fact(name):
    assert not is_fact(name)


@pytest.mark.parametrize("name", ["ansible_distribution", "ansible_ens192", "ansible_default_ipv4", "os_family"])
def test_facts(name):
    assert is_fact(name)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("nobody_sets_this", None),
        ("shop_worker_cost", None),  # another word, no slip
        ("shop_workers_count", "near name"),
        ("join_token", "other hosts"),
        ("other_play", "another play"),
        ("known_later", "later"),
    ],
)
def test_what_the_play_says_of_a_name(name, word):
    assert answer("name_set", evidence(name, name)) == word


def test_a_name_without_the_play_is_not_judged():
    assert answer("name_set", alone("'x_port' is undefined")) is None
    assert answer("name_kind", alone("'x_port' is undefined")) is None


@pytest.mark.parametrize(
    ("path", "text", "word"),
    [
        ("group_vars/all.yml", "pg_port: 5432\n", None),  # the host should have it: unclear
        ("host_vars/web01.yml", "pg_port: 5432\n", None),
        ("notes.yml", "pg_port: 5432\n", None),
        ("group_vars/databases.yml", "pg_port: 5432\n", "other hosts"),
        ("inventories/prod/group_vars/databases/main.yml", "pg_port: 5432\n", "other hosts"),
        ("group_vars/web.yml", "pg_prot: 1\npg_ports: 5432\n", None),  # two that it may be
    ],
)
def test_what_files_of_variables_say_of_a_name(path, text, word):
    assert answer("name_set", evidence("pg_port", "pg_port", files=(read(path, text),))) == word


def test_a_near_name_in_a_file_of_variables():
    found = evidence("shop_hosts", "shop_hosts", files=(read("group_vars/web.yml", "shop_host: 1\n"),))
    assert answer("name_set", found) == "near name"
    assert dict(holes_of_names(found))["near_name"] == "shop_host"


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (alone(), None),
        (alone(tasks_before=-1), None),
        (evidence("ansible_fqdn", "ansible_fqdn", text=PLAY.replace("gather_facts: false", "become: true")), None),
        (evidence("ansible_fqdn", "ansible_fqdn", text=PLAY.replace("- name: Sum", "- setup:\n    - name: Sum")), None),
        (alone(tasks_before=3, seen=(row("ok", "Gathering Facts"),)), "yes"),
        (alone(tasks_before=0), "no"),
        (evidence("ansible_fqdn", "ansible_fqdn"), "no"),
    ],
)
def test_whether_facts_were_gathered(found, word):
    assert answer("facts_gathered", found) == word


@pytest.mark.parametrize(
    ("failure", "word"),
    [
        ({"ran_on": "web01"}, "no"),
        ({"ran_on": "{{ lb_host }}"}, "yes"),
        ({"origin": Origin("site.yml", 7, 20, '      delegate_to: "{{ lb_host }}"')}, "yes"),
    ],
)
def test_a_name_that_should_have_named_a_host(failure, word):
    assert answer("goes_to_name", evidence("lb_host", "lb_host", **failure)) == word


# --- fields -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reads", "field", "rows", "word"),
    [
        ("migration.stdout", "stdout", (), None),  # its task may have been skipped, and the paste does not show it
        ("migration.stdout ~ sums.stdout", "stdout", (), None),
        ("migration.stdout", "rc", (), None),
        ("migration.stdout", "stdout", (row("ok", "Migrate"),), "register"),
        ("migration.stdout", "stdout", (row("skipped", "Migrate"),), "skipped register"),
        ("migration.stdout", "stdout", (row("skipped", "db : Migrate"),), "skipped register"),
        ("sums.stdout", "stdout", (), "looped register"),
        ("sums.results[0].std", "std", (), "register"),
        ("shop.listen.port", "port", (), "variable"),
        ("item.owner", "owner", (), "item"),
        ("ansible_facts.default_ipv4.address", "default_ipv4", (), "facts"),
        ("ansible_default_ipv4.address", "address", (), "a fact"),
        ("ansible_user.name", "name", (), "variable"),
        ("groups['balancers'][0]", "balancers", (), "group"),
        ("hostvars.values() | map(attribute='role')", "role", (), None),  # another host's, and no item's
        ("users | map(attribute='uid') | list", "uid", (), "item"),
        ("users | selectattr('home.mode', 'equalto', '0700')", "mode", (), "item"),
        ("hostvars['db01'].pg_port", "pg_port", (), "host"),
    ],
)
def test_whose_field_is_missing(reads, field, rows, word):
    assert answer("attribute_of", evidence(reads, attribute=field, seen=rows)) == word


@pytest.mark.parametrize(
    ("keyword", "rest", "word"),
    [
        ("when", "", None),
        ("failed_when", "      async: 60\n", None),  # what a job lacks is told by others
        ("failed_when", "", "register"),
        ("until", "      loop: [a, b]\n", "register"),  # of one item: no list is there yet
    ],
)
def test_a_condition_may_read_a_field_that_its_own_result_has_not(keyword, rest, word):
    text = f"- hosts: web\n  tasks:\n    - name: Reads\n      command: id\n      register: own\n{rest}"
    found = evidence("x", attribute="code", text=f"{text}      {keyword}: own.code == 1\n#%s")
    assert answer("attribute_of", found) == word


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("", None),
        ('        msg: "{{ job.stdout }}"', None),  # whose register that is, only the play tells
        ("        msg: \"{{ groups['lb'].stdout }}\"", None),
        ('        msg: "{{ item.stdout }}"', "item"),
        ("        msg: \"{{ hostvars['db'].stdout }}\"", "host"),
        ("      when: ansible_facts.stdout == 1", "facts"),
    ],
)
def test_whose_field_the_quoted_line_tells(line, word):
    found = alone("object of type 'dict' has no attribute 'stdout'", origin=Origin("site.yml", 9, 5, line))
    assert answer("attribute_of", found) == word


@pytest.mark.parametrize(
    ("tasks", "rows", "word"),
    [
        (-1, (), "no"),
        (2, (row("ok", "A"),), "no"),  # one of the two is not shown
        (1, (row("ok", "A"),), "none"),
        (-1, (row("skipped", "A", "skipping: [web01] => (item=1)"),), "no"),
        (-1, (row("skipped", "A"), row("ok", "B")), "earlier"),
        (-1, (row("ok", "A"), row("skipped", "B")), "right above"),
    ],
)
def test_what_the_paste_shows_of_skipped_tasks(tasks, rows, word):
    assert answer("skip_shown", alone("x", tasks_before=tasks, seen=rows)) == word


@pytest.mark.parametrize(
    ("when", "guarded"),
    [
        ("", "migration is not skipped"),
        ("a == 1", "migration is not skipped and a == 1"),
        ("a or b", "migration is not skipped and (a or b)"),
        ("[a, b]", None),
        ("migration is not skipped", None),
        ('"{{ a }}"', None),
    ],
)
def test_the_condition_that_spares_a_reader(when, guarded):
    text = PLAY.replace('      loop: "{{ sites }}"\n', f"      when: {when}\n" if when else "")
    found = evidence("migration.stdout", attribute="stdout", text=text)
    assert (dict(holes_of_fields(found)).get("when_not_skipped") or None) == guarded
