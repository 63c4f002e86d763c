"""What was meant in place of what is not there: what nobody can tell first, then what the names say."""

from __future__ import annotations

import pytest

from assistant import kb, paste
from assistant.looks import LOOKS, Evidence, gather
from assistant.looks.nearest import holes, near
from assistant.model import Failure, Seen

BASE = kb.load(kb.SOURCE)
NOT_FOUND = "couldn't resolve module/action '%s'. This often indicates a misspelling, missing collection, or incorrect"
NO_FILTER = "template error while templating string: No filter named '%s'.. String: {{ 1 | %s }}"
UNSUPPORTED = (
    "Unsupported parameters for (ansible.builtin.file) module: %s Supported parameters include: mode, owner, path"
)
GALAXY = (
    "Failed to resolve the requested dependencies map. Could not satisfy the following requirements:\n%s\nHint: Pre"
)


def evidence(message, *warnings) -> Evidence:
    """A failure with that message below these warnings, recognised by the first sign that fits."""
    rows = tuple(Seen("warning", "", "", {}, f"[WARNING]: {text}", n) for n, text in enumerate(warnings, 1))
    failure = Failure(message=message, seen=rows)
    match = next(BASE.find_all((message,), {}, "", ""), None)
    return gather(failure, None, None)._replace(match=match)


def answer(look, message, *warnings):
    fact = LOOKS[look](evidence(message, *warnings))
    return fact and fact.value


def known(message):
    return {name: value for name, value in holes(evidence(message)) if value}


# --- nothing to tell -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "look",
    [
        "module_wanted", "filter_wanted", "plugin_skipped", "cfg_ignored", "support_denied", "option_named",
        "galaxy_wants", "galaxy_warned", "galaxy_source",
    ],
)  # fmt: skip
def test_a_failure_of_another_kind_tells_nothing(look):
    assert answer(look, "non-zero return code", "Module remote_tmp did not exist") is None
    assert LOOKS[look](Evidence()) is None


def test_a_word_that_is_like_nothing_or_like_two_things_alike_is_not_guessed():
    assert near("frobnicate", {"mode", "owner"}) == ""
    assert near("xx", {"x1", "x2"}) == ""
    assert near("state1", {"state2", "state3"}) == ""


def test_another_word_counts_only_where_the_module_has_it():
    assert near("permission", {"mode", "owner"}, {"permission": "mode"}) == "mode"
    assert near("permission", {"owner"}, {"permission": "mode"}) == ""


# --- modules and filters ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "word"),
    [
        ("shop_release", "not known"),
        ("copy", "not known"),  # it is there: something else is wrong
        ("community.general.coppy", "in a collection"),
        ("docker_container", "left ansible"),
        ("ansible.builtin.docker_container", "left ansible"),
        ("postgresqldb", "left ansible"),
        ("deb822_repository", "newer ansible"),
        ("ansible.builtin.mount_facts", "newer ansible"),
        ("tempalte", "misspelt"),
        ("ansible.builtin.coppy", "misspelt"),
        ("systemctl", "misspelt"),
    ],
)
def test_what_a_module_is_by_its_name(module, word):
    assert answer("module_wanted", NOT_FOUND % module) == word


def test_the_names_that_the_texts_say():
    assert known(NOT_FOUND % "docker_container") == {
        "collection": "community.docker",
        "module_now": "community.docker.docker_container",
        "module_name": "docker_container",
    }
    assert known(NOT_FOUND % "tempalte") == {"module_meant": "template", "module_name": "tempalte"}
    assert known(NOT_FOUND % "acme.shop.release") == {"collection": "acme.shop", "module_name": "release"}
    assert known("the role 'geerlingguy.nginx' was not found in /a:/b")["role_to_install"] == (
        "role install geerlingguy.nginx"
    )
    assert "role_to_install" not in known("the role 'common' was not found in /a:/b")
    assert known("the role 'acme.shop.web' was not found in /a:/b")["role_to_install"] == "collection install acme.shop"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("with_tax", "not known"),
        ("acme.storage.volume_names", "in a collection"),
        ("json_query", "in a collection"),
        ("ipaddr", "in a collection"),
        ("to_nice_jsn", "misspelt"),
        ("ansible.builtin.to_jason", "misspelt"),
    ],
)
def test_what_a_filter_is_by_its_name(name, word):
    assert answer("filter_wanted", NO_FILTER % (name, name)) == word


def test_a_test_is_no_filter():
    said = (
        "template error while templating string: Could not load \"ip_address\": 'ip_address'. String: {% set c = a is "
    )
    assert answer("filter_wanted", said + "ip_address %}") == "a test"
    assert answer("filter_wanted", said.replace("a is ", "a |") + "ip_address %}") == "not known"


# --- warnings above --------------------------------------------------------------------------------------


def test_warnings_above_are_heard():
    skipped = "Skipping plugin (/srv/filter_plugins/money.py), cannot load: No module named 'money'"
    assert answer("plugin_skipped", NO_FILTER % ("with_tax", "with_tax"), skipped) == "yes"
    writable = "Ansible is being run in a world writable directory (/srv), ignoring it as an ansible.cfg source."
    assert answer("cfg_ignored", "the role 'a' was not found in /b", writable) == "yes"
    unsupported = "Collection acme.shop does not support Ansible version 2.14.18"
    assert answer("support_denied", "cannot import name 'x' from 'ansible.module_utils.y'", unsupported) == "yes"
    assert answer("cfg_ignored", "the role 'a' was not found in /b", unsupported) is None


@pytest.mark.parametrize(
    ("warning", "word"),
    [
        ("- a.b was NOT installed successfully.", None),
        ("The specified collections path '/a' is not part of the configured Ansible collections paths", None),
        ("- ./a.tar.gz was NOT installed successfully: Unknown error when attempting to call Galaxy at 'https://g/'",
         "no such file"),
        ("- /srv/roles/a was NOT installed successfully: - sorry, /srv/roles/a was not found on https://g/api/.",
         "no such file"),
        ("- a.b was NOT installed successfully: - sorry, a.b was not found on https://galaxy.ansible.com/api/.",
         "no such role"),
        ("- a.b was NOT installed successfully: Unknown error when attempting to call Galaxy at 'https://g/': <x>",
         "no answer"),
        ("Skipping Galaxy server https://g. Got an unexpected error when getting available versions of collection a.b: "
         "Unknown error when attempting to call Galaxy at 'https://g/'", "no answer"),
        ("- a was NOT installed successfully: this role does not appear to have a meta/main.yml file.", "no role"),
        ("- a was NOT installed successfully: - command /usr/bin/git clone https://g/a.git a failed", "git"),
    ],
)  # fmt: skip
def test_what_galaxy_says_of_a_role_above_the_error(warning, word):
    assert answer("galaxy_warned", "- you can use --ignore-errors to skip failed roles", warning) == word


# --- options -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("refused", "word"),
    [
        ("frobnicate", "other"),
        ("name", "other"),  # a keyword, but an option of most modules as well
        ("onwer", "misspelt"),
        ("permission.", "misspelt"),
        ("register", "task keyword"),
        ("changed_when, register.", "task keyword"),
        ("with_items.", "task keyword"),
    ],
)
def test_what_an_unsupported_option_is(refused, word):
    assert answer("option_named", UNSUPPORTED % refused) == word


def test_only_one_option_has_a_name_that_was_meant():
    assert known(UNSUPPORTED % "onwer.") == {"parameter": "onwer", "nearest_parameter": "owner"}
    assert known(UNSUPPORTED % "onwer, mdoe.") == {}


def test_an_option_that_the_task_has_already_was_not_meant():
    from assistant.plays import read

    text = "- name: A\n  ansible.builtin.file:\n    path: /a\n    owner: root\n    onwer: me\n"
    file = read("site.yml", text)
    (task,) = file.tasks
    found = dict(holes(evidence(UNSUPPORTED % "onwer")._replace(file=file, task=task)))
    assert found["nearest_parameter"] == ""


@pytest.mark.parametrize(
    ("message", "given", "nearest"),
    [
        ("value of state must be one of: absent, directory, file, got: folder", "folder", "directory"),
        ("value of state must be one of: reloaded, started, stopped, got: startd", "startd", "started"),
        ("value of state must be one of: absent, present, got: True", "True", None),
        ("value of f must be one or more of: a4, b5. Got no match for: c6", "c6", None),
        ("value of proto must be one of: tcp, udp, got: tpc found in rules", "tpc", None),
        ("value of state must be one of: absent, present, got: ", None, None),
    ],
)
def test_the_choice_that_was_meant(message, given, nearest):
    found = known(message)
    assert (found.get("given"), found.get("nearest_choice")) == (given, nearest)


@pytest.mark.parametrize(
    ("written", "wanted"), [('"{{ state }}"', ""), ("folder", "directory"), ('"folder"', "directory")]
)
def test_a_choice_is_written_only_where_the_wrong_one_stands(written, wanted):
    from assistant.plays import read

    file = read("site.yml", f"- name: A\n  ansible.builtin.file:\n    path: /a\n    state: {written}\n")
    told = evidence("value of state must be one of: absent, directory, file, got: folder")
    assert dict(holes(told._replace(file=file, task=file.tasks[0])))["choice_to_write"] == wanted


# --- Galaxy ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("* acme.shop:* (direct request)", "any version"),
        ("* acme.shop:9.9.9 (direct request)", "one version"),
        ("* acme.shop:* (direct request)\n* acme.base:>=2.0.0 (dependency of acme.shop:1.0.0)", "one version"),
        ("* acme.base:1.0.0 (direct request)\n* acme.base:>=2.0.0 (dependency of acme.shop:1.0.0)", "several"),
        ("* acme.shop:3.0.0 (direct request) requires ansible-core >=2.22", "another ansible"),
    ],
)
def test_what_galaxy_was_asked_for(asked, word):
    assert answer("galaxy_wants", GALAXY % asked) == word


@pytest.mark.parametrize(
    ("below", "word"),
    [
        ("", None),
        ("\n\nSomething else could not be found.", None),
        ("\n\nCould not find shop.", "name"),
        ("\n\nCould not find ./a.b-1.0.0.tar.gz.\n\nStarting", "name"),
        ("\n\nCould not find /home/ops/.ansible/tmp/ansible-local-1/tmpa/repo/sub.", "clone"),
        ("\n\nTip: Make sure … right subdirectory — `./plain` looks like a directory but", "folder"),
        ("\n\nTip: Make sure … right subdirectory — `/t/ansible-local-1/r` looks like a directory "
         "but it is neither", "clone"),
    ],
)  # fmt: skip
def test_what_stands_in_place_of_a_collection(below, word):
    assert answer("galaxy_source", "Neither the collection requirement entry key 'name', nor 'source'" + below) == word


def test_the_reader_hands_warnings_and_error_to_the_looks():
    text = (
        "[WARNING]: - acme.shopp was NOT installed successfully: - sorry, acme.shopp was\nnot found on http://g/api/.\n"
        "ERROR! - you can use --ignore-errors to skip failed roles and finish processing the list.\n"
    )
    (failure,) = paste.read(text).failures
    assert LOOKS["galaxy_warned"](gather(failure, None, None)).value == "no such role"


# --- handlers ------------------------------------------------------------------------------------------------

HANDLERS = """\
- hosts: web
  tasks:
    - name: Write
      ansible.builtin.copy: {{src: a, dest: b}}
      notify: {notify}
  handlers:
    - name: Restart nginx
      ansible.builtin.debug:
    - name: Reload the firewall
      ansible.builtin.debug:
"""


@pytest.mark.parametrize(
    ("notify", "meant", "placed"),
    [
        ("something else", None, False),
        ("restart nginx", "Restart nginx", True),
        ('"restart nginx"', "Restart nginx", True),
        ("[reload the firewall, restart nginx]", "Restart nginx", True),
        ("[restart nginx, restart nginx]", "Restart nginx", False),
    ],
)
def test_the_handler_that_was_meant(notify, meant, placed):
    from assistant.looks import locate
    from assistant.plays import read

    text = HANDLERS.format(notify=notify)
    words = "The requested handler 'restart nginx' was not found in either the main handlers list nor in the listening"
    failure = Failure(message=words, kind="parse")
    file, task = locate(failure, (read("site.yml", text),))
    found = dict(holes(evidence(words)._replace(file=file, task=task)))
    assert found.get("handler_meant") == meant
    at = found.get("notify_at")
    assert (text[int(at) :].startswith("restart nginx") if at else False) == placed


# --- modes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "wanted"),
    [
        ("0999", None),
        ("rwx", None),
        ("rwxr-x---", "u=rwx,g=rx,o="),
        ("-rw-r--r--", "u=rw,g=r,o=r"),
    ],
)
def test_a_mode_as_ls_shows_it_is_written_as_chmod_takes_it(mode, wanted):
    from assistant.plays import read

    file = read("site.yml", f"- name: A\n  ansible.builtin.file:\n    path: /a\n    mode: {mode}\n")
    told = evidence("mode must be in octal or symbolic form")
    result = {"details": f"bad symbolic permission for mode: {mode}"}
    at = told._replace(file=file, task=file.tasks[0], failure=told.failure._replace(result=result))
    assert dict(holes(at)).get("mode_to_write") == wanted


# --- arguments of roles ----------------------------------------------------------------------------------------

SHOP = """\
- hosts: web
  roles:
    - role: shop
      vars:
        {variable}: 8400
  tasks:
    - ansible.builtin.debug:
        msg: {message}
"""


@pytest.mark.parametrize(
    ("variable", "message", "meant"),
    [
        ("other", "a", None),
        ("shop_host", "a", None),  # the role knows it: another argument
        ("web_port", "a", None),  # no variable of this role
        ("shop_prt", '"{{ shop_prt }}"', None),  # it is read elsewhere
        ("shop_prt", "a", "shop_prt"),
    ],
)
def test_the_argument_of_a_role_that_was_misspelt(variable, message, meant):
    from assistant.looks import locate
    from assistant.plays import read

    result = {
        "argument_spec_data": {"shop_port": {"required": True}, "shop_host": {}},
        "validate_args_context": {"name": "shop", "argument_spec_name": "main"},
    }
    words = "Validation of arguments failed:\nmissing required arguments: shop_port"
    text = SHOP.format(variable=variable, message=message)
    failure = Failure(message=words, result=result, task="shop : Validating arguments against arg spec 'main'")
    file, task = locate(failure, (read("site.yml", text), read("other.yml", "- hosts: all\n  tasks: []\n")))
    assert file is not None and file.path == "site.yml" and task is None
    match = next(BASE.find_all((words,), {"argument_errors": []}, "", ""))
    found = dict(holes(gather(failure, file, None)._replace(match=match)))
    assert found.get("argument_written") == meant and found["role_argument"] == "shop_port"
    assert not meant or text[int(found["argument_at"]) :].startswith(meant)
