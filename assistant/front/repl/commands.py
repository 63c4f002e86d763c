"""The words that are commands: what each is for, what it takes, where it lives."""

from __future__ import annotations

from collections.abc import Callable

from assistant.model import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.front.repl.session import Session, Told
    from assistant.front.repl.state import State

    Run = Callable[[Session, State, str], Told]


class Command(Record):
    """A command."""

    name: str
    takes: str
    """What stands behind it: "" nothing, else in capitals, in brackets when it may be left out."""
    help: str
    """One line."""
    more: str
    """What `help NAME` says: Markdown."""
    module: str
    """Its module here; the function is called do_NAME."""
    group: str

    def run(self) -> Run:
        """The function that does it, imported now."""
        from importlib import import_module

        found: Run = getattr(import_module(f"assistant.front.repl.{self.module}"), f"do_{self.name.replace(' ', '_')}")
        return found


PASTE, TALK, FIX, BASE, SELF = (
    "What you paste",
    "Finding the cause",
    "Leading through the fix",
    "Looking things up",
    "The session",
)

_COMMANDS = (
    Command("paste", "[<<WORD]", "take all lines up to one that says END as a paste",
        "For terminals that do not mark pastes, and for scripts. `paste` takes every line up to one that is only "
        "`END`, whatever the lines say; `paste <<STOP` takes them up to `STOP`.", "evidence", PASTE),
    Command("read", "FILE", "read a log, or the playbook or task file that failed",
        "A path alone does the same. What stands in the file decides what it is: Ansible's output, tasks, or both. "
        "Tasks are held against the failure: the answer gets surer, and the fix becomes a diff.", "files", PASTE),
    Command("edit", "", "write or correct a paste in your editor",
        "Opens `$VISUAL` or `$EDITOR` with what was pasted (secrets taken out) and takes the result as a new paste.",
        "evidence", PASTE),
    Command("view", "", "show what was pasted, secrets and control characters taken out",
        "The lines have the numbers that the diagnosis speaks of.", "looking", PASTE),
    Command("failures", "", "list the failures in the paste",
        "A number then chooses one, and so does `failure 2`.", "looking", TALK),
    Command("failure", "N", "talk about failure number N", "`failures` lists them.", "looking", TALK),
    Command("ignored", "", "take in failures too that were ignored or rescued",
        "They stopped nothing and are left out at first; yet one of them may be why a later task failed.", "looking",
        TALK),
    Command("ask", "", "show the open question again",
        "A question is asked only where neither the paste nor a task can tell. Answer with its number or its words, "
        "say `not sure`, or paste what it names: then nobody needs to be asked.", "asking", TALK),
    Command("what if", "KEY=VALUE", "try an answer without keeping it",
        "`what if 2` tries the second answer to the open question, `what if KEY=VALUE` the answer to any other; "
        "`why` shows the keys. Nothing changes by it.", "asking", TALK),
    Command("back", "", "undo the last paste, answer or choice",
        "Goes back to what you were told before it. It never touches a file: for that there is `undo`.", "looking",
        TALK),
    Command("why", "", "show the trail: evidence, answers, and what they ruled out",
        "Each line is a fork on the way to the cause: what was asked of the evidence, what it says, and where that "
        "stands. Then come the causes that were ruled out, each with the fact that speaks against it.", "looking",
        TALK),
    Command("causes", "", "list the causes that fit, the likeliest first",
        "A number then chooses one, and so does `cause 2`.", "looking", TALK),
    Command("cause", "N", "talk about cause number N",
        "Its reasons and its fix, although another may be likelier. `causes` lists them.", "looking", TALK),
    Command("show", "", "show the whole answer on one page",
        "All that `ansible-why diagnose` would print: what you see, the proof, why it happens, all steps.", "looking",
        TALK),
    Command("next", "", "the next step of the fix", "Behind the last one comes how to check that it worked.",
        "leading", FIX),
    Command("previous", "", "the step before", "", "leading", FIX),
    Command("steps", "", "all steps at once", "`next` and `previous` go on from where you were.", "leading", FIX),
    Command("diff", "", "show the change that the fix makes",
        "There is one when the tasks were given and the change can be made for certain.", "leading", FIX),
    Command("copy", "[diff]", "put the mended tasks, or the command of a step, on the clipboard",
        "Copies the mended tasks where the fix changes them, else the command that the step names, else its words; "
        "`copy diff` copies the change. It is printed too, since not every terminal lets a program write the "
        "clipboard. Secrets are taken out.", "leading", FIX),
    Command("apply", "[FILE]", "make the change in the file, after you have seen it",
        "Shows the diff and asks; nothing is written before you say yes. The file is read anew and must hold the tasks "
        "that failed. It is replaced in one step, keeps its mode and all other bytes. `undo` takes it back.",
        "changing", FIX),
    Command("undo", "", "put the last file that was changed back as it was",
        "Byte for byte. It refuses if somebody has changed the file since.", "changing", FIX),
    Command("check", "", "how to check that it worked; for tasks alone: check them again",
        "", "leading", FIX),
    Command("save", "FILE", "write a report in Markdown, secrets taken out, for a ticket",
        "It holds the failure, the causes, your answers, the proof, the steps and the paste. An existing file is "
        "overwritten only after you say yes.", "changing", FIX),
    Command("search", "WORDS", "find causes by words", "A plain question does the same.", "lookup", BASE),
    Command("explain", "ID", "all that is known of one cause", "Its id alone does the same. `async/` lists a family.",
        "lookup", BASE),
    Command("open", "", "the address of the cause's page, and the page itself where there is a display", "",
        "lookup", BASE),
    Command("help", "[COMMAND]", "this list, or more about one command", "", "guide", SELF),
    Command("exit", "", "leave (Ctrl-D does too)", "Nothing of what you pasted is kept anywhere.", "guide", SELF),
)  # fmt: skip

COMMANDS = {command.name: command for command in _COMMANDS}
ALIASES = {
    "quit": "exit", "q": "exit", ":q": "exit", "bye": "exit", "?": "help", "h": "help", "prev": "previous",
    "question": "ask", "check it worked": "check", "did it work": "check",
    "whatif": "what if",
}  # fmt: skip


class Call(Record):
    """A command as typed."""

    command: Command
    argument: str


def parse(line: str) -> Call | None:
    """The command that a line means; None when it is none.

    A command with words behind it that it does not take is none either: "why does my job hang" is a question.
    """
    words = " ".join(line.split())
    low = words.lower()
    bare = low.rstrip("?.!") or low
    for name in (*COMMANDS, *ALIASES):
        command = COMMANDS[ALIASES.get(name, name)]
        if low == name or bare == name:
            return Call(command, "")
        if low.startswith(f"{name} "):
            argument = words[len(name) + 1 :]
            if _fits(command, argument):
                return Call(command, argument)
    return None


def _fits(command: Command, argument: str) -> bool:
    """Whether `argument` can be meant for the command."""
    match command.takes.strip("[]"):
        case "N":
            return argument.isascii() and argument.isdigit()
        case "FILE":
            return " " not in argument or argument[0] in "'\"~/." or "\\ " in argument
        case "KEY=VALUE":
            return "=" in argument or len(argument.split()) <= 2
        case "<<WORD":
            return argument.startswith("<<") and " " not in argument[2:].strip()
        case "COMMAND":
            return len(argument.split()) <= 2
        case "ID":
            return " " not in argument
        case "diff":
            return argument.lower() == "diff"
        case "WORDS":
            return True
    return False
