"""Settings of the laws: derandomised in the everyday run, more examples by an environment variable."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "everyday",
    deadline=None,
    derandomize=True,
    max_examples=int(os.environ.get("KPIEVAL_EXAMPLES", "50")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("everyday")
