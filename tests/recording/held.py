"""Where a run of the tests notes what the embedded site was held to."""

from __future__ import annotations

from collections import defaultdict

import pytest

HELD = pytest.StashKey[defaultdict[int, dict[str, int]]]()
"""How many exchanges were held against its answers, by version and recording."""
