"""`python -m video.ownership BACKEND` tries rules, named a line each on its standard input.

It answers each with a line: `"ok"`, or what went wrong, as JSON.
"""

import gc
import json
import logging
import sys
import traceback

from video.backends import Backend
from video.ownership import keep

logging.getLogger("zcgpu").addHandler(logging.NullHandler())
backend = Backend(**json.loads(sys.argv[1]))
for line in sys.stdin:
    answer = "ok"
    try:
        keep(line.strip(), backend)
    except Exception:
        answer = traceback.format_exc()
    gc.collect()  # what a failure kept is no other rule's
    print(json.dumps(answer), flush=True)
