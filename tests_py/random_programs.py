"""Runs random programs: as many steps, and from the seed, that the environment says."""

from __future__ import annotations

import os
import random

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

STEPS = int(os.environ.get("ZCGPU_STATEFUL_STEPS", "2000"))
"""How many steps are taken in all; continuous integration takes 20,000."""

SEED = int(os.environ.get("ZCGPU_STATEFUL_SEED", random.SystemRandom().randrange(2**32)))

SHRINK = os.environ.get("ZCGPU_STATEFUL_SHRINK", "1") != "0"
"""Whether a program that fails is made as short as it can be, which takes minutes."""


def run_programs(machine: type[RuleBasedStateMachine]) -> None:
    """Says the seed, and runs programs of 50 steps each."""
    print(f"seed: ZCGPU_STATEFUL_SEED={SEED}")
    run_state_machine_as_test(
        seed(SEED)(machine),
        settings=settings(
            max_examples=STEPS // 50,
            stateful_step_count=50,
            deadline=None,
            database=None,
            phases=[Phase.generate, *([Phase.shrink] if SHRINK else [])],
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
