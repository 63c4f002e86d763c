"""The few ways we know to change a task: tasks in, edits out, nothing written here.

Every fix takes the subjects (the tasks of the job, by what they are to it) and its arguments from the entry's
front matter, and gives edits of the file: none where there is nothing to do, CannotFixError where a part of it
needs a person; the step is then shown without an edit. Quotes, indentation and line ends follow the surrounding text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.fixes.actions import rename_module
from assistant.fixes.expressions import rename_variable, set_expression
from assistant.fixes.insert import insert_task
from assistant.fixes.keywords import copy_keywords, remove_keywords, set_argument, set_keywords
from assistant.fixes.options import add_option, rename_action, rename_option
from assistant.fixes.order import drop_task, move_task
from assistant.fixes.outdent import outdent
from assistant.fixes.replace import replace_text
from assistant.fixes.subjects import CannotFixError, Subjects
from assistant.fixes.variables import set_variable
from assistant.model import Edit

Fix = Callable[..., list[Edit]]
FIXES: Mapping[str, Fix] = {
    "set": set_keywords,
    "argument": set_argument,
    "copy": copy_keywords,
    "remove": remove_keywords,
    "rename": rename_variable,
    "express": set_expression,
    "move": move_task,
    "drop": drop_task,
    "insert": insert_task,
    "outdent": outdent,
    "variable": set_variable,
    "option": rename_option,
    "add": add_option,
    "action": rename_action,
    "replace": replace_text,
    "module": rename_module,
}
"""The fixes by the name that an entry's front matter uses."""

__all__ = ["FIXES", "CannotFixError", "Fix", "Subjects"]
