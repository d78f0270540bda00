"""Kills a command while it uses a GPU, and runs it again: the memory must return, and the second run must end well.

Use: killed.py COMMAND…     prints what the second run printed, and then one line of JSON
"""
import json
import subprocess
import sys
import time

import read

AT_WORK = 4


def start():
    return subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True)


def has_loaded(process, library):
    with open(f"/proc/{process.pid}/maps") as maps:
        return library in maps.read()


before = read.gpu_memory()
library = "libonnxruntime." if before is None else "libonnxruntime_providers_cuda."
first = start()
while first.poll() is None and not has_loaded(first, library):
    time.sleep(0.1)
time.sleep(AT_WORK)
during = read.gpu_memory()
first.kill()
first.communicate()
time.sleep(2)
after = read.gpu_memory()
second = start()
printed = second.communicate()[0]
print(printed)
print(json.dumps({"first_exit": first.returncode, "second_exit": second.returncode,
                  "gpu_megabytes": {"before": before, "during": during, "after": after}}))
