"""Seed every fault in turn, and say which checks noticed: exit 1 when one got past all."""

from __future__ import annotations

import json
import sys

from seeded.running import noticed_by, plan

planned = plan()
missed = 0
for fault in planned.faults:
    names = noticed_by(fault, planned.checks)
    missed += not names
    told = {"room": fault.room, "fault": fault.what, "noticed_by": list(names)}
    print(json.dumps(told, ensure_ascii=False), flush=True)
sys.exit(missed > 0)
