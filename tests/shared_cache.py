"""A cache folder of this run: the servers and processes that tests start find their knowledge checked, and their query made."""

from __future__ import annotations

import os
from tempfile import TemporaryDirectory

NAME = "PATHWAY_CACHE_OF_THE_RUN"
if NAME not in os.environ:  # xdist's workers inherit it from the process that starts them, which removes the folder at its end
    MADE = TemporaryDirectory(prefix="pathway-", ignore_cleanup_errors=True)
    os.environ[NAME] = MADE.name
SHARED = os.environ[NAME]
