"""The values that travel between the rooms, all frozen; no work is done here and nothing of ours is imported."""

from assistant.model.diagnosis import (
    NOT_SURE,
    SAID_SO,
    Bar,
    Cause,
    Confidence,
    Diagnosis,
    Edit,
    Fact,
    Fault,
    Finding,
    Question,
    Refuted,
    Step,
    Trust,
)
from assistant.model.paste import Failure, Origin, Paste, Seen
from assistant.model.record import Record, Span
from assistant.model.tasks import Job, Node, Ref, Task, Value

__all__ = [
    "NOT_SURE",
    "SAID_SO",
    "Bar",
    "Cause",
    "Confidence",
    "Diagnosis",
    "Edit",
    "Fact",
    "Failure",
    "Fault",
    "Finding",
    "Job",
    "Node",
    "Origin",
    "Paste",
    "Question",
    "Record",
    "Ref",
    "Refuted",
    "Seen",
    "Span",
    "Step",
    "Task",
    "Trust",
    "Value",
]
