"""`python -m assistant`: the command from a source checkout that is not installed."""

from __future__ import annotations

import sys

from assistant.front.cli import main

sys.exit(main())
