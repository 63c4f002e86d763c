"""Files, tasks, their inheritance, and the jobs that tie them; what must not be taken for either comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import plays
from assistant.model import Job, Task

BOOKS = Path(__file__).parent / "playbooks"


def tasks(text: str, path: str = "x.yml") -> tuple[Task, ...]:
    """All tasks of a text."""
    return plays.read(path, text).tasks


def told(values: dict[str, plays.Value]) -> dict[str, object]:
    """Arguments or keywords as plain values, "?" where unknown."""
    return {name: value.value if value.known else "?" for name, value in values.items()}


def ties(text: str) -> list[str]:
    """Each job as one line: launch <- waits; clean-ups."""
    return [tie(job) for job in plays.read("x.yml", text).jobs]


def tie(job: Job) -> str:
    """A job as one line."""

    def named(found: tuple[Task, ...]) -> str:
        return ", ".join(task.name or f"#{task.index}" for task in found)

    launch = job.launch.name or f"#{job.launch.index}" if job.launch else "?"
    line = f"{launch} [{job.register}] <- {named(job.waits)}"
    return f"{line}; {named(job.cleanups)}" if job.cleanups else line


# --- what is not Ansible's


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("x.yml", ""),
        ("x.yml", "# nothing but a comment\n"),
        ("x.yml", "just words"),
        ("x.yml", "[1, 2, 3]"),
        ("x.yml", "- one\n- two\n"),
        ("group_vars/all.yml", "name: web\nuser: {name: deploy}\n"),
        ("vars/main.yml", "timeout: 600\nregister: name\ncommand: {a: 1}\n"),
        (
            "docker-compose.yml",
            "version: '3'\nservices:\n  web:\n    image: x\n    command: sleep\n    environment: {A: b}\n",
        ),
        ("pod.yml", "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: a, image: b}]}\n"),
        (".github/workflows/ci.yml", "name: CI\non: push\njobs:\n  a:\n    steps: [{name: x, run: y}]\n"),
        ("steps.yml", "- name: x\n  run: y\n- name: z\n  uses: actions/checkout@v4\n"),
        ("requirements.yml", "- name: geerlingguy.nginx\n  version: 3.1.0\n- src: https://x\n"),
        ("requirements.yml", "collections:\n  - name: ansible.posix\nroles: []\n"),
        ("meta/main.yml", "galaxy_info: {author: x}\ndependencies: []\n"),
        ("inventory.yml", "all:\n  hosts:\n    web: {}\n"),
        ("Taskfile.yml", "version: '3'\ntasks:\n  build:\n    cmds: [make]\n"),
        (".pre-commit-config.yaml", "repos:\n  - repo: local\n    hooks: [{id: x}]\n"),
        (".gitlab-ci.yml", "build:\n  script: [make]\n  when: manual\n"),
        ("containers.yml", "- name: web\n  image: nginx\n- name: db\n  image: pg\n"),
        ("pod.yml", "- name: web\n  image: nginx\n  command: sleep 5\n  args: [x]\n"),
        ("list.yml", "- name: web\n  source: {a: b}\n"),
        ("values.yml", "retries: 3\ndelay: 5\nurl: http://x\n"),
    ],
)
def test_other_yaml_is_left_alone(path: str, text: str) -> None:
    file = plays.read(path, text)
    assert (file.kind, file.tasks, file.jobs, file.problem) == ("other", (), (), None)


@pytest.mark.parametrize("text", ["a: [", '- name: "x\n', "\t- a: b", "a: b: c", "&a [*a]", "[" * 5000, "\x00"])
def test_a_text_that_is_no_yaml_has_a_problem_and_no_tasks(text: str) -> None:
    file = plays.read("x.yml", text)
    assert file.problem is not None
    assert file.tasks == file.jobs == ()


# --- what is


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("x.yml", "- hosts: all\n", "playbook"),
        ("x.yml", "hosts: all\ntasks: [{ping: }]\n", "playbook"),
        ("x.yml", "- import_playbook: a.yml\n", "playbook"),
        ("x.yml", "tasks:\n  - command: id\n", "playbook"),
        ("x.yml", "- command: id\n", "tasks"),
        ("x.yml", "- ansible.builtin.ping:\n", "tasks"),
        ("x.yml", "name: one\ncommand: id\n", "tasks"),
        ("x.yml", "my.own.thing: {}\n", "tasks"),
        ("x.yml", "- crashy:\n  async: 60\n  poll: 0\n", "tasks"),
        ("x.yml", "- name: a\n  postgresql_ext: name=x db=y\n", "tasks"),
        ("roles/x/tasks/main.yml", "- crashy: 1\n", "tasks"),
        ("roles/x/handlers/main.yml", "- name: restart\n  crashy: 1\n", "tasks"),
        ("x.yml", "- block: [{crashy: }]\n", "tasks"),
        ("x.yml", "async: 600\npoll: 0\n", "tasks"),
        ("x.yml", "- action: crashy\n  register: x\n", "tasks"),
        ("x.yml", "---\n- hosts: a\n---\n- hosts: b\n", "playbook"),
        ("x.yml", "\ufeff- hosts: all\r\n  tasks:\r\n  - command: id\r\n", "playbook"),
    ],
)
def test_kinds(path: str, text: str, kind: str) -> None:
    file = plays.read(path, text)
    assert file.kind == kind
    assert file.tasks


def test_sections_run_in_their_order_however_they_are_written() -> None:
    text = """
- hosts: all
  handlers: [{name: h, command: id}]
  post_tasks: [{name: d, command: id}]
  tasks:
    - name: b
      rescue: [{name: b2, command: id}]
      always: [{name: b3, command: id}]
      block:
        - {name: b1, command: id}
    - {name: c, command: id}
  pre_tasks: [{name: a, command: id}]
- {name: other, hosts: b, tasks: [{name: e, command: id}]}
"""
    found = tasks(text)
    assert [task.name for task in found] == ["", "a", "b", "b1", "b2", "b3", "c", "d", "h", "other", "e"]
    assert [task.index for task in found] == list(range(11))
    assert [task.kind for task in found if task.kind != "task"] == ["play", "block", "play"]
    assert [task.section for task in found[1:9]] == ["pre_tasks"] + ["tasks"] * 5 + ["post_tasks", "handlers"]
    assert [task.play for task in found] == [0] * 9 + [1] * 2
    assert [task.within for task in found[3:6]] == [((2, "block"),), ((2, "rescue"),), ((2, "always"),)]


@pytest.mark.parametrize(
    ("text", "module", "args"),
    [
        ("command: echo a=b creates=/x", "command", {"_raw_params": "echo a=b", "creates": "/x"}),
        ("command: {cmd: echo, chdir: /x}", "command", {"cmd": "echo", "chdir": "/x", "_raw_params": "echo"}),
        ("command: {argv: [a, b]}", "command", {"argv": ["a", "b"]}),
        ("shell: |\n    a\n    b\n  args: {chdir: /x}", "shell", {"_raw_params": "a\nb\n", "chdir": "/x"}),
        ("copy: src=a dest='b c' mode=0644", "copy", {"src": "a", "dest": "b c", "mode": "0644"}),
        ("ansible.builtin.copy: {src: a, mode: 0644}", "copy", {"src": "a", "mode": 420}),
        ("ansible.legacy.copy: src=a", "copy", {"src": "a"}),
        ("community.general.ufw: {rule: allow}", "community.general.ufw", {"rule": "allow"}),
        ("action: copy src=a dest=b", "copy", {"src": "a", "dest": "b"}),
        ("action: {module: copy, src: a}", "copy", {"src": "a"}),
        ("action: {module: copy, args: {src: a}}", "copy", {"src": "a"}),
        ("action: {module: command echo hi creates=/x}", "command", {"_raw_params": "echo hi", "creates": "/x"}),
        ("local_action: command echo hi", "command", {"_raw_params": "echo hi"}),
        ("local_action: {module: copy, src: a}", "copy", {"src": "a"}),
        ("async_status: jid={{ a.b }} mode=cleanup", "async_status", {"jid": "?", "mode": "cleanup"}),
        ("async_status:\n  args: {jid: j1}", "async_status", {"jid": "j1"}),
        ("copy: src=a\n  args: {src: no, dest: b}", "copy", {"src": "a", "dest": "b"}),
        ("copy:\n  args: '{{ all_of_it }}'", "copy", {"_variable_params": "?"}),
        ("command: dd if=x of\\=y", "command", {"_raw_params": "dd if=x of=y"}),
        ("command: of\\=y", "command", {"_raw_params": "of=y"}),
        ("file: path=/x y", "file", {"path": "/x", "_raw_params": "y"}),
        ("copy: |\n    src=a \\\n    dest=b", "copy", {"src": "a", "dest": "b"}),
        ("ping:", "ping", {}),
        ("meta: flush_handlers", "meta", {"_raw_params": "flush_handlers"}),
        ("command: echo 'open", "command", {"_raw_params": "echo 'open"}),
        ("command: [a]", "command", {"_raw_params": ["a"]}),
    ],
)
def test_actions_and_arguments(text: str, module: str, args: dict[str, object]) -> None:
    task = tasks(f"- {text}\n", "tasks/x.yml")[0]
    assert (task.module, told(dict(task.args))) == (module, args)


def test_local_action_runs_on_the_controller() -> None:
    assert tasks("- local_action: command id\n  delegate_to: db\n")[0].get("delegate_to").value == "localhost"


def test_a_loop_is_no_action() -> None:
    assert tasks("- with_items: [1]\n  with_x: 1\n  crashy: a=1\n", "tasks/x.yml")[0].module == "crashy"


def test_a_handlers_file_holds_handlers() -> None:
    text = "- {name: restart, service: {name: x}}\n"
    assert tasks(text, "roles/x/handlers/main.yml")[0].section == "handlers"
    assert tasks(text, "roles/x/tasks/main.yml")[0].section == "tasks"


def test_misplaced_options_do_not_become_the_action() -> None:
    text = "- name: x\n  jid: '{{ j }}'\n  async_status:\n  until: r is finished\n"
    task = tasks(text)[0]
    assert task.module == "async_status"
    assert "jid" in task.own


def test_free_form_arguments_have_their_own_places() -> None:
    text = "- async_status: 'jid={{ job.ansible_job_id }} mode=cleanup'\n"
    args = tasks(text)[0].args
    places = {name: value.node.span for name, value in args.items() if value.node}
    assert {name: text[start:end] for name, (start, end) in places.items()} == {
        "jid": "{{ job.ansible_job_id }}",
        "mode": "cleanup",
    }


def test_of_duplicate_keys_the_last_counts() -> None:
    task = tasks("- command: id\n  async: 1\n  async: 2\n")[0]
    assert task.own["async"].value == 2
    assert len([key for key, _ in task.node.pairs if key.text == "async"]) == 2


def test_merge_keys_are_opened() -> None:
    text = "- &base {command: id, async: 60, poll: 0}\n- <<: *base\n  name: second\n  async: 90\n"
    second = tasks(text)[1]
    assert (second.module, second.own["async"].value, second.own["poll"].value) == ("command", 90, 0)


LOOSE = [
    "- name: launch\n          command: id\n          async: 60\n          register: job\n"
    "        - name: wait\n          async_status: {jid: '{{ job.ansible_job_id }}'}\n",
    "- name: launch\n    command: id\n    async: 60\n    register: job\n"
    "  - name: wait\n    async_status:\n      jid: '{{ job.ansible_job_id }}'\n",
    "```yaml\n- {name: launch, command: id, async: 60, register: job}\n"
    "- {name: wait, async_status: {jid: '{{ job.ansible_job_id }}'}}\n```\n",
]


@pytest.mark.parametrize("text", LOOSE)
def test_snippets_as_they_are_pasted(text: str) -> None:
    file = plays.read("paste.yml", text)
    assert (file.problem, file.loose, file.kind) == (None, True, "tasks")
    assert [tie(job) for job in file.jobs] == ["launch [job] <- wait"]
    for task in file.tasks:
        assert text[task.action_span.start : task.action_span.end] == task.action


# --- inheritance

INHERITING = """
- hosts: all
  become: true
  remote_user: play
  vars: {a: play, b: play}
  environment: {E: play, F: play}
  gather_facts: false
  tasks:
    - become_user: outer
      delegate_to: db
      vars: {b: block, c: block}
      environment: [{F: block}, {G: block}]
      when: outer
      name: block
      notify: x
      block:
        - when: [inner, more]
          become_user: inner
          block:
            - name: deep
              command: id
              become: false
              vars: {c: task}
              environment: {G: task}
              when: own
    - name: shallow
      command: id
"""


def test_the_nearest_keyword_is_in_force() -> None:
    deep = next(task for task in tasks(INHERITING) if task.name == "deep")
    seen = {name: deep.get(name).value for name in ("become", "become_user", "remote_user", "delegate_to", "notify")}
    assert seen == {
        "become": False,
        "become_user": "inner",
        "remote_user": "play",
        "delegate_to": "db",
        "notify": "x",
    }
    assert deep.get("gather_facts").state == "absent"
    assert "become" not in deep.inherited
    shallow = tasks(INHERITING)[-1]
    assert shallow.get("delegate_to").state == shallow.get("when").state == "absent"


def test_variables_environment_and_conditions_are_joined() -> None:
    deep = next(task for task in tasks(INHERITING) if task.name == "deep")
    assert told(plays.vars_in_force(deep)) == {"a": "play", "b": "block", "c": "task"}
    assert told(plays.environment_in_force(deep)) == {"E": "play", "F": "block", "G": "task"}
    assert [node.text for node in plays.conditions(deep)] == ["outer", "inner", "more", "own"]
    assert deep.inherited["vars"].value == {"a": "play", "b": "block", "c": "block"}


def test_an_environment_from_a_variable_is_seen_as_unknown() -> None:
    text = "- hosts: a\n  environment: '{{ proxy }}'\n  tasks: [{command: id, environment: {A: b}}]\n"
    assert told(plays.environment_in_force(tasks(text)[-1])) == {"": "?", "A": "b"}


# --- jobs


def test_async_is_not_handed_down_and_zero_is_none() -> None:
    text = """
- hosts: all
  async: 60
  tasks:
    - {name: a, async: 60, block: [{command: id}]}
    - {command: id, async: 0}
    - {command: id, async: "0"}
    - {command: id, async: "{{ 5 - 5 }}"}
    - {command: id, async: false}
    - {command: id, async: }
    - {include_tasks: x.yml, async: 60}
    - {import_tasks: x.yml, async: 60}
"""
    assert ties(text) == []
    play, block = [task for task in tasks(text) if task.kind in ("play", "block")]
    assert play.own["async"].value == block.own["async"].value == 60


LAUNCH = "- {name: launch, command: id, async: 60, poll: 0, register: job}\n"


@pytest.mark.parametrize(
    "status",
    [
        "async_status: {jid: '{{ job.ansible_job_id }}'}",
        "async_status: {jid: \"{{ job['ansible_job_id'] }}\"}",
        "async_status: {jid: '{{ job }}'}",
        "async_status: jid={{ job.ansible_job_id }}",
        "ansible.builtin.async_status: {jid: '{{ job.results[0].ansible_job_id }}'}",
        "ansible.legacy.async_status: {jid: '{{ (job.results | first).ansible_job_id }}'}",
        "action: async_status jid={{ job.ansible_job_id }}",
        "local_action: {module: async_status, jid: '{{ job.ansible_job_id }}'}",
        "async_status: {jid: '{{ item.ansible_job_id }}'}\n  loop: '{{ job.results }}'",
        "async_status: {jid: '{{ item.ansible_job_id }}'}\n  with_items: '{{ job.results }}'",
        "async_status: {jid: '{{ item.ansible_job_id }}'}\n  with_items: ['{{ job.results }}']",
        "async_status: {jid: '{{ j.ansible_job_id }}'}\n  loop: '{{ job.results }}'\n  loop_control: {loop_var: j}",
        "async_status: {jid: '{{ item }}'}\n  loop: \"{{ job.results | rejectattr('skipped', 'defined')"
        " | map(attribute='ansible_job_id') | list }}\"",
        "async_status: {jid: '{{ item.1 }}'}\n  loop: '{{ names | zip(job.results) }}'",
        "async_status: {jid: '{{ id }}'}\n  vars: {id: '{{ job.ansible_job_id }}'}",
        "async_status: {jid: \"{{ hostvars['db'].job.ansible_job_id }}\"}",
        "async_status: {jid: '{{ hostvars[inventory_hostname].job.ansible_job_id }}'}",
        "async_status: {jid: job.ansible_job_id}",
        "async_status:\n  args: {jid: '{{ job.ansible_job_id }}'}",
    ],
)
def test_every_way_to_name_the_job(status: str) -> None:
    assert ties(f"{LAUNCH}- name: wait\n  {status}\n") == ["launch [job] <- wait"]


def test_a_status_that_does_not_name_the_job_is_not_tied_to_it() -> None:
    text = (
        LAUNCH
        + """
- {name: other, async_status: {jid: '{{ other.ansible_job_id }}'}}
- {name: text, async_status: {jid: "{{ 'job' }}"}}
- {name: literal, async_status: {jid: j12.34}}
- {name: none, async_status: }
- {name: loops, async_status: {jid: '{{ item.ansible_job_id }}'}, loop: '{{ others.results }}'}
- {name: again, async_status: {jid: '{{ other.ansible_job_id }}', mode: cleanup}}
- {name: shadowed, async_status: {jid: '{{ job.ansible_job_id }}'}, loop: [1], loop_control: {loop_var: job}}
"""
    )
    assert ties(text) == [
        "launch [job] <- ",
        "? [other] <- other; again",
        "? [] <- text",
        "? [] <- literal",
        "? [] <- none",
        "? [others] <- loops",
        "? [] <- shadowed",
    ]


def test_a_wait_belongs_to_no_later_launch() -> None:
    assert ties("- {name: wait, async_status: {jid: '{{ job.ansible_job_id }}'}}\n" + LAUNCH) == [
        "launch [job] <- ",
        "? [job] <- wait",
    ]


def test_of_launches_in_a_row_the_nearest_is_waited_for() -> None:
    pair = """
- {name: launch %d, command: id, async: 60, poll: 0, register: job}
- {name: wait %d, async_status: {jid: '{{ job.ansible_job_id }}'}, register: job, until: job is finished}
- {name: clean %d, async_status: {jid: '{{ job.ansible_job_id }}', mode: cleanup}}
"""
    assert ties(pair % (1, 1, 1) + pair % (2, 2, 2)) == [
        "launch 1 [job] <- wait 1; clean 1",
        "launch 2 [job] <- wait 2; clean 2",
    ]


def test_exclusive_launches_share_their_wait() -> None:
    text = """
- {name: apt, command: id, async: 60, poll: 0, register: job, when: debian}
- {name: dnf, command: id, async: 60, poll: 0, register: job, when: not debian}
- {name: wait, async_status: {jid: '{{ job.ansible_job_id }}'}, when: job.ansible_job_id is defined}
"""
    assert ties(text) == ["apt [job] <- wait", "dnf [job] <- wait"]


def test_exclusive_pairs_stay_pairs() -> None:
    pair = """
- {name: launch %s, command: id, async: 60, poll: 0, register: job, when: on_%s}
- {name: wait %s, async_status: {jid: '{{ job.ansible_job_id }}'}, when: on_%s}
"""
    assert ties(pair % tuple("aaaa") + pair % tuple("bbbb")) == ["launch a [job] <- wait a", "launch b [job] <- wait b"]


def test_a_wait_without_condition_after_two_pairs_belongs_to_the_last() -> None:
    text = """
- {name: a, command: id, async: 60, poll: 0, register: job, when: on_a}
- {name: wait a, async_status: {jid: '{{ job.ansible_job_id }}'}, register: job, when: on_a}
- {name: b, command: id, async: 60, poll: 0, register: job, when: on_b}
- {name: wait b, async_status: {jid: '{{ job.ansible_job_id }}'}}
"""
    assert ties(text) == ["a [job] <- wait a", "b [job] <- wait b"]


def test_a_handler_may_have_been_flushed_before() -> None:
    text = """
- hosts: a
  handlers: [{name: restart, command: id, async: 60, poll: 0, register: job}]
  tasks:
    - meta: flush_handlers
    - {name: wait, async_status: {jid: '{{ job.ansible_job_id }}'}}
"""
    assert ties(text) == ["restart [job] <- wait"]


def test_a_launch_in_a_rescue_may_not_have_run() -> None:
    text = """
- block:
    - {name: new, command: id, async: 60, poll: 0, register: job}
  rescue:
    - {name: old, command: id, async: 60, poll: 0, register: job}
- {name: wait, async_status: {jid: '{{ job.ansible_job_id }}'}}
"""
    assert ties(text) == ["new [job] <- wait", "old [job] <- wait"]


def test_a_plain_task_that_takes_the_register_over_ends_the_tie() -> None:
    text = (
        LAUNCH
        + """
- {command: id, register: job}
- {name: wait, async_status: {jid: '{{ job.ansible_job_id }}'}}
"""
    )
    assert ties(text) == ["launch [job] <- ", "? [job] <- wait"]


def test_ids_gathered_by_set_fact_lead_back() -> None:
    text = """
- {name: a, command: id, async: 60, poll: 0, register: one, loop: [1, 2]}
- {name: b, command: id, async: 60, poll: 0, register: two}
- set_fact:
    ids: "{{ ids | default([]) + [item.ansible_job_id] }}"
  loop: "{{ one.results }}"
- set_fact: {ids: "{{ ids + [two.ansible_job_id] }}"}
- set_fact: all_ids={{ ids }}
- {name: wait, async_status: {jid: '{{ item }}'}, loop: '{{ all_ids }}'}
"""
    assert ties(text) == ["a [one] <- wait", "b [two] <- wait"]


def test_several_ids_in_one_loop_belong_to_several_launches() -> None:
    text = """
- {name: a, command: id, async: 60, poll: 0, register: one}
- {name: b, command: id, async: 60, poll: 0, register: two}
- name: wait
  async_status: {jid: '{{ item }}'}
  loop: ['{{ one.ansible_job_id }}', '{{ two.ansible_job_id }}']
"""
    assert ties(text) == ["a [one] <- wait", "b [two] <- wait"]


def test_loops_over_results_of_results_lead_back() -> None:
    text = """
- {name: launch, command: id, async: 60, poll: 0, register: jobs, loop: [1, 2]}
- {name: first, async_status: {jid: '{{ item.ansible_job_id }}'}, loop: '{{ jobs.results }}', register: a}
- {name: second, async_status: {jid: '{{ item.item.ansible_job_id }}'}, loop: '{{ a.results }}', register: b}
- {name: third, async_status: {jid: '{{ item.item.item.ansible_job_id }}'}, loop: '{{ b.results }}'}
- {name: id, async_status: {jid: '{{ item.ansible_job_id }}', mode: cleanup}, loop: '{{ b.results }}'}
"""
    assert ties(text) == ["launch [jobs] <- first, second, third; id"]


def test_items_of_a_plain_loop_are_not_the_loop_s_own_register() -> None:
    text = """
- {name: inner, command: id, async: 60, poll: 0, register: inner}
- {name: outer, command: id, async: 60, poll: 0, register: outer, loop: '{{ inner.results }}'}
- {name: wait, async_status: {jid: '{{ item.item.ansible_job_id }}'}, loop: '{{ outer.results }}'}
"""
    assert ties(text) == ["inner [inner] <- wait", "outer [outer] <- "]


def test_a_launch_of_an_earlier_play_is_found() -> None:
    text = f"""
- hosts: a
  tasks:
    {LAUNCH.strip()}
- hosts: a
  tasks:
    - {{name: wait, async_status: {{jid: '{{{{ job.ansible_job_id }}}}'}}}}
"""
    assert ties(text) == ["launch [job] <- wait"]


def test_the_kitchen_sink() -> None:
    assert ties((BOOKS / "kitchen-sink.yml").read_text()) == [
        "Warm the cache [warm] <- Wait for the cache",
        "Dump each database [dumps] <- First look at the dumps, Second look, one level deeper; Clean the dumps up",
        "Reindex on the controller [] <- ",
        "restart {{ service_name }} [restarted] <- Wait for the restart from another play",
        "? [elsewhere] <- Somebody else's job",
    ]


def test_endless_hops_end() -> None:
    hops = "".join(f"- set_fact: {{n{i}: '{{{{ n{i + 1} }}}} {{{{ n{i} }}}}'}}\n" for i in range(800))
    assert ties(hops + "- {name: wait, async_status: {jid: '{{ n0 }}'}}\n") == ["? [n0] <- wait"]
