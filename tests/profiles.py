"""How many examples the laws run: the profiles of Hypothesis, and what each must come to.

``--hypothesis-profile=ci`` chooses another than the everyday one.
"""

from __future__ import annotations

from attrs import frozen
from hypothesis import HealthCheck, settings

LAWS = 60
"""Properties that there must be."""

SHARE = 300
"""``few(SHARE)`` is what a profile gives a law that asks for no other share."""


@frozen
class Profile:
    """``each`` examples for a law of the full share; at least ``total`` over all laws that run."""

    each: int
    total: int
    derandomised: bool = True


PROFILES = {
    "everyday": Profile(each=60, total=20_000),
    "ci": Profile(each=400, total=150_000),
    "long": Profile(each=14_000, total=5_000_000, derandomised=False),
}


def register() -> None:
    """Tell Hypothesis the profiles, and begin with the everyday one."""
    for name, profile in PROFILES.items():
        settings.register_profile(
            name,
            deadline=None,
            derandomize=profile.derandomised,
            print_blob=not profile.derandomised,
            max_examples=profile.each,
            suppress_health_check=[HealthCheck.too_slow],
        )
    settings.load_profile("everyday")


def few(examples: int) -> settings:
    """Another share for a law: so many of every 300 examples that the profile gives.

    More than 300 for a law whose example takes no millisecond, fewer for one that is slow.
    """
    return settings(max_examples=max(1, settings.default.max_examples * examples // SHARE))
