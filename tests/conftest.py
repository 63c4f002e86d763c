"""What all tests share: this checkout is the one that is tested, and what sleeps shares one process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = str(Path(__file__).resolve().parents[1])

if ROOT not in sys.path:
    sys.path.insert(0, ROOT)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [ROOT, os.environ.get("PYTHONPATH")]))


def pytest_configure(config: pytest.Config) -> None:
    """Under xdist tests of one `xdist_group` stay together: real Ansible plays side by side in one of the workers."""
    if getattr(config.option, "dist", "no") == "load":
        config.option.dist = "loadgroup"
