"""A number chosen from the list that was shown last."""

from __future__ import annotations

from assistant.front.repl.session import Session, Told
from assistant.front.repl.state import State
from assistant.front.wrong import Wrong


def row(session: Session, state: State, number: int) -> Told:
    """What row `number` stands for; raises Wrong when the list is shorter."""
    menu = state.menu
    assert menu is not None
    if number > len(menu.rows):
        raise Wrong(f"the list has {len(menu.rows)} rows" if len(menu.rows) > 1 else "the list has one row")
    if menu.kind == "entry":
        from assistant.front.repl.lookup import explained

        return Told(explained(session, menu.rows[number - 1]))
    from assistant.front.repl.looking import do_cause, do_failure

    return (do_cause if menu.kind == "cause" else do_failure)(session, state, menu.rows[number - 1])
