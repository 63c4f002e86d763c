"""The words of Ansible's own grammar: which keys of a task, block or play are keywords and not an action.

Taken from the FieldAttributes of playbook/task.py, base.py, block.py, play.py, handler.py, conditional.py,
taggable.py, notifiable.py, delegatable.py and collectionsearch.py in ansible 2.9.27 and ansible-core
2.12.10, 2.16.14 and 2.19.3; no release between drops or adds another.
"""

from __future__ import annotations


def wordset(text: str) -> frozenset[str]:
    """The words of a text, for sets of names that are easier read without quotes."""
    return frozenset(text.split())


BASE = wordset(
    "any_errors_fatal become become_exe become_flags become_method become_user check_mode collections connection "
    "debugger diff environment ignore_errors ignore_unreachable module_defaults name no_log port remote_user "
    "run_once tags throttle timeout vars"
)
"""Valid on plays, blocks and tasks alike (playbook/base.py; throttle since 2.9, timeout since 2.10)."""

PARTS = ("block", "rescue", "always")
"""The lists of a block, in the order in which they are opened."""

BLOCK = BASE | {"when", "notify", "delegate_to", "delegate_facts", *PARTS}

SECTIONS = ("pre_tasks", "tasks", "post_tasks", "handlers")
"""The task lists of a play in the order they run; handlers run at the end of each, and are put last."""

PLAY = BASE | {
    *SECTIONS,
    *wordset(
        "hosts gather_facts gather_subset gather_timeout fact_path vars_files vars_prompt roles force_handlers "
        "max_fail_percentage serial strategy order"
    ),
}

TASK = (
    BASE
    | {"when", "notify", "delegate_to", "delegate_facts", "listen", "local_action", "static"}
    | wordset("action args async changed_when delay failed_when loop loop_control poll register retries until")
)
"""`local_action` and `static` are added by parsing/mod_args.py; `with_*` is left to `is_keyword`."""

EXPRESSIONS = frozenset({"when", "until", "failed_when", "changed_when"})
"""Task keywords whose text is an expression without braces (playbook/conditional.py and task_executor.py)."""

EXPRESSION_ARGS = {"assert": frozenset({"that"}), "debug": frozenset({"var"})}
"""Arguments that are expressions without braces, by module (plugins/action/assert.py and debug.py)."""

MERGED = frozenset({"vars", "environment", "when", "tags"})
"""Keywords of which a task has its own and those of its block and play (`extend=True`, and vars)."""

FROM_PLAY = (BASE - {"name"}) | {"hosts"}
"""What a task has from its play; `hosts` too, for whoever asks where it runs."""
FROM_BLOCK = (BLOCK - {"name"}) - {*PARTS}

FREE_FORM = frozenset({"command", "shell", "raw", "script", "win_command", "win_shell"})
"""Modules whose text is a command line (MODULE_REQUIRE_ARGS in constants.py); ansible.windows ones too."""

COMMAND_OPTIONS = wordset("creates removes chdir executable warn stdin stdin_add_newline strip_empty_ends")
"""What `name=value` in a command line may set; anything else belongs to the command (parsing/splitter.py)."""

INCLUDES = frozenset({"include", "include_tasks", "include_role"})
IMPORTS = frozenset({"import_tasks", "import_role", "import_playbook"})


def is_keyword(key: str) -> bool:
    """Whether `key` of a task is a keyword in any release since 2.9, so that it names no action."""
    return key in TASK or key.startswith("with_")


def short_module(action: str) -> str:
    """The action without ansible.builtin or ansible.legacy, which mean the same modules to a reader."""
    for collection in ("ansible.builtin.", "ansible.legacy."):
        if action.startswith(collection):
            return action[len(collection) :]
    return action


BUILTIN = wordset(
    "add_host apt apt_key apt_repository assemble assert async_status blockinfile command copy cron deb822_repository "
    "debconf debug dnf dnf5 dpkg_selections expect fail fetch file find gather_facts get_url getent git group "
    "group_by hostname import_playbook import_role import_tasks include include_role include_tasks include_vars "
    "iptables known_hosts lineinfile meta mount_facts package package_facts pause ping pip raw reboot replace rpm_key "
    "script service service_facts set_fact set_stats setup shell slurp stat subversion systemd systemd_service "
    "sysvinit tempfile template unarchive uri user validate_argument_spec wait_for wait_for_connection yum "
    "yum_repository win_command win_shell win_copy win_reboot win_service win_updates win_package synchronize "
    "docker_container mysql_db postgresql_db authorized_key sysctl mount firewalld selinux npm gem cpanm archive "
    "ec2 k8s helm"
)
"""Short names that make a mapping surely a task: ansible-core's modules (lib/ansible/modules) and a few from before
2.10 that are met everywhere."""
