"""Starts the commands of each line of stdin at once and tells what each cost, as the kernel counts: Node cannot ask."""

import json
import os
import subprocess
import sys
import time

for line in sys.stdin:
    started, children = {}, {}
    for command in json.loads(line):
        at = time.monotonic_ns()
        child = subprocess.Popen(
            command["argv"],
            cwd=command["cwd"],
            env=command["env"],
            stdin=subprocess.DEVNULL,
            # A pipe, as the runner's, which holds 64 KiB: more than a step prints.
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        started[child.pid], children[child.pid] = at, child
    ends = {}
    while len(ends) < len(children):
        pid, status, usage = os.wait4(-1, 0)
        children[pid].returncode = os.waitstatus_to_exitcode(status)
        ends[pid] = {
            "exitCode": children[pid].returncode,
            "wallMs": (time.monotonic_ns() - started[pid]) / 1e6,
            "cpuMs": (usage.ru_utime + usage.ru_stime) * 1e3,
            # Linux counts in KiB, macOS in bytes.
            "peakMiB": usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10),
        }
    for pid, child in children.items():
        with child.stdout as output:
            ends[pid]["log"] = output.read().decode(errors="replace")
    print(json.dumps([ends[pid] for pid in children]), flush=True)
