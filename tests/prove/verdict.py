"""What an act proves: everything that must hold, and what is left to say when it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prove.act import Act
from prove.scenes import Scene
from prove.stage import Ran

PROVED, NAMED, FOUND, ABSENT, ASKED, UNKNOWN = "proved", "named", "found", "passes here", "asked", "unknown"
"""Red, named and mended by what we say; red and named, where nothing mends it by itself; does not fail on this release,
where `check` finds it all the same and our edit does no harm; does not happen on this release; in another form of
output: possible, and nothing named with confidence, or nothing named at all."""


def outcome_in_form(scene: Scene, broken: Ran, named: list[list[dict[str, Any]]]) -> str:
    """NAMED, ASKED or UNKNOWN for a run printed in another form, or "failed: …"; `named` are the causes by failure.

    Some forms do not say that a failure was ignored, so there may be another one, with a cause of its own.
    """
    if not broken.code and not scene.warns:
        return "failed: it passes"
    if not any(named):
        return UNKNOWN
    wanted = {scene.id, f"{scene.family}/{scene.uncovers}"}
    for causes in named:
        ids = [cause["id"] for cause in causes]
        if wanted & {*ids[:1]}:
            return NAMED
        if wanted & {*ids} and all(cause["confidence"] == "possible" for cause in causes):
            return ASKED
    return f"failed: it is taken for {', '.join(cause['id'] for causes in named for cause in causes)}"


def outcome(scene: Scene, act: Act, release: str) -> str:
    """PROVED, NAMED, FOUND or ABSENT, or "failed: …" with the first thing that does not hold. `release` is exact."""
    wrong = next(complaints(scene, act, release), "")
    if wrong:
        return f"failed: {wrong}"
    if not scene.prints_nothing and not scene.fails_on(release):
        return FOUND if scene.in_code else ABSENT
    return PROVED if scene.is_mended(release) else NAMED


def complaints(scene: Scene, act: Act, release: str) -> Iterator[str]:
    """Everything that does not hold, in the order it was played."""
    if scene.fails_on(release):
        yield from _of_the_failure(scene, act)
    elif act.broken.code:
        yield f"it fails (exit code {act.broken.code}), and was to pass on {release}"
    if (scene.id in act.found) != scene.in_code:
        yield "check finds it" if not scene.in_code else f"check finds {sorted(act.found)} only"
    if scene.by_step and scene.is_mended(release):
        if scene.fails_on(release):
            yield from _of_the_runs(scene, act) if act.mended else ["no step tells what to do"]
    elif scene.is_mended(release):
        yield from _of_the_mend(scene, act)
    elif act.after:
        yield "there is an edit after all"


def _of_the_failure(scene: Scene, act: Act) -> Iterator[str]:
    ids = [one["id"] for one in act.named]
    if not act.broken.code and not scene.warns:
        yield "it passes"
    elif scene.shows not in act.broken.text:
        yield f"its output has no {scene.shows!r}"
    elif not scene.by_check and scene.id not in (ids[:1] if scene.told else ids):
        yield f"it is taken for {', '.join(ids) or act.said['verdict']}"


def _of_the_mend(scene: Scene, act: Act) -> Iterator[str]:
    if not act.after:
        if act.named or scene.in_code:
            yield "there is no edit"
        return
    yield from _of_the_runs(scene, act)
    if act.again != act.after[0]:
        yield "a second application changes the file again"
    if scene.id in act.left:
        yield "check still finds it after the edit"


def _of_the_runs(scene: Scene, act: Act) -> Iterator[str]:
    """Green after the mend; or, where the fault was that a failure is hidden, red with a cause that we can name."""
    for ran in act.mended:
        if ran.code and not scene.uncovers:
            yield f"it still fails after the mend (exit code {ran.code})"
        if scene.wished and (scene.wished not in ran.text or scene.wished in act.broken.text):
            yield f"{scene.wished!r} is not what the mend brings"
    if set(act.uncovered) != ({f"{scene.family}/{scene.uncovers}"} if scene.uncovers else set()):
        yield f"after the mend it is taken for {', '.join(act.uncovered)}"
