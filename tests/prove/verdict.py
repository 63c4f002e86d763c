"""What an act proves: everything that must hold, and what is left to say when it does not."""

from __future__ import annotations

from collections.abc import Iterator

from prove.act import Act
from prove.scenes import FAMILY, Scene

PROVED, NAMED, FOUND, ABSENT = "proved", "named", "found", "passes here"
"""Red, named and mended by our edit; red and named, where no machine can mend it; does not fail on this release, where
`check` finds it all the same and our edit does no harm; does not happen on this release."""


def outcome(scene: Scene, act: Act, release: str) -> str:
    """PROVED, NAMED, FOUND or ABSENT, or "failed: …" with the first thing that does not hold. `release` is exact."""
    wrong = next(complaints(scene, act, release), "")
    if wrong:
        return f"failed: {wrong}"
    if not scene.prints_nothing and not scene.fails_on(release):
        return FOUND if scene.in_code else ABSENT
    return PROVED if scene.mends else NAMED


def complaints(scene: Scene, act: Act, release: str) -> Iterator[str]:
    """Everything that does not hold, in the order it was played."""
    if scene.fails_on(release):
        yield from _of_the_failure(scene, act)
    elif act.broken.code:
        yield f"it fails (exit code {act.broken.code}), and was to pass on {release}"
    if (f"{FAMILY}/{scene.cause}" in act.found) != scene.in_code:
        yield "check finds it" if not scene.in_code else f"check finds {sorted(act.found)} only"
    if scene.mends:
        yield from _of_the_mend(scene, act)
    elif act.after:
        yield "there is an edit after all"


def _of_the_failure(scene: Scene, act: Act) -> Iterator[str]:
    ids = [one["id"] for one in act.named]
    if not act.broken.code:
        yield "it passes"
    elif scene.shows not in act.broken.text:
        yield f"its output has no {scene.shows!r}"
    elif not scene.by_check and f"{FAMILY}/{scene.cause}" not in (ids[:1] if scene.told else ids):
        yield f"it is taken for {', '.join(ids) or act.said['verdict']}"


def _of_the_mend(scene: Scene, act: Act) -> Iterator[str]:
    if not act.after:
        if act.named or scene.in_code:
            yield "there is no edit"
        return
    for ran in act.mended:
        if ran.code:
            yield f"it still fails after the edit (exit code {ran.code})"
        if scene.wished and (scene.wished not in ran.text or scene.wished in act.broken.text):
            yield f"{scene.wished!r} is not what the edit brings"
    if act.again != act.after[0]:
        yield "a second application changes the file again"
    if f"{FAMILY}/{scene.cause}" in act.left:
        yield "check still finds it after the edit"
