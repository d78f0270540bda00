#!/usr/bin/env python3
"""Runs the checks on what pieces.py restored, each within its time, the most telling first.

Use: run.py TARGET OUT
OUT/gpu-check.json has what was found, and is written after each step; OUT/gpu-check.log has what the steps printed.
"""
import json
import os
import signal
import subprocess
import sys
import time

import read
from machine import Machine
from steps import groups

SHOWN = 20_000


class Report:
    def __init__(self, directory, machine):
        os.makedirs(directory, exist_ok=True)
        self.path, self.log = (os.path.join(directory, "gpu-check." + end) for end in ("json", "log"))
        self.found = {"machine": machine, "goals": {}, "steps": {}}
        open(self.log, "w").close()
        self.write()

    def write(self):
        with open(self.path + ".unfinished", "w") as out:
            json.dump(self.found, out, indent=1)
        os.replace(self.path + ".unfinished", self.path)

    def add(self, name, found, printed=""):
        self.found["steps"][name] = found
        self.found["goals"] = read.goals(self.found["steps"], self.found["machine"]["shapes"][0])
        self.write()
        with open(self.log, "a") as log:
            log.write(f"== {name}: {json.dumps(found)}\n{printed}\n")
        print(f"{name}: {json.dumps(found)[:300]}", flush=True)


class Running:
    """The process of a step, whose output goes to files."""

    def __init__(self, step, machine, left):
        self.step, self.began, self.samples = step, time.time(), []
        self.limit = min(step.limit * machine.patience, left)
        self.paths = [os.path.join(machine.work, f"{step.name}.{kind}") for kind in ("out", "err")]
        out, err = (open(path, "wb") for path in self.paths)
        self.process = subprocess.Popen(step.command, stdout=out, stderr=err, stdin=subprocess.DEVNULL,
                                        env={**machine.environment, **step.environment}, start_new_session=True)
        out.close()
        err.close()

    def seconds(self):
        return time.time() - self.began

    def ended(self):
        if self.step.samples_memory:
            self.samples.append(self.step.samples_memory(self.process.pid))
        if self.process.poll() is None and self.seconds() > self.limit:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            return True
        return self.process.poll() is not None

    def printed(self):
        texts = []
        for path in self.paths:
            with open(path, errors="replace") as file:
                texts.append(file.read())
        return texts

    def found(self):
        out, err = self.printed()
        found = {"seconds": round(self.seconds(), 1), "exit": self.process.returncode}
        if self.seconds() > self.limit:
            found["stopped"] = f"after {self.limit:.0f} s"
        try:
            found.update(self.step.read(out, err, self))
        except Exception as e:
            found["unread"] = f"{type(e).__name__}: {e}"
            found["said"] = err.strip().split("\n")[-1][:300]
        return found, f"{out[-SHOWN:]}\n{err[-SHOWN:]}"


def run_together(group, machine, report, end):
    """Runs the steps of a group, as many at once as the group allows."""
    waiting = [step for step in group.steps if machine.wanted.search(step.name)]
    running = []
    while waiting or running:
        while waiting and len(running) < group.at_once:
            left, step = end - time.time(), waiting.pop(0)
            if left < step.least:
                report.add(step.name, {"skipped": f"{max(0, left):.0f} s are left"})
            else:
                running.append(Running(step, machine, left))
        time.sleep(0.1)
        for one in [one for one in running if one.ended()]:
            running.remove(one)
            report.add(one.step.name, *one.found())


def main(target, out):
    machine = Machine(target)
    end = time.time() + machine.limit
    report = Report(out, machine.facts())
    for group in groups(machine):
        run_together(group, machine, report, end)
    print(report.path)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
