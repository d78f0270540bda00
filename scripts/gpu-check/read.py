"""Reads the results of the checks from their output."""
import collections
import json
import math
import os
import re
import subprocess


def document(text):
    """Returns the first JSON document that begins a line."""
    start = re.search(r"(?m)^[{\[]", text)
    if start is None:
        raise ValueError("it printed no JSON")
    return json.JSONDecoder().raw_decode(text, start.start())[0]


def last_line(text):
    return json.loads(text.strip().split("\n")[-1])


def doctor(out, err, running):
    report = document(out)
    return {"healthy": report["healthy"],
            "findings": [f"{finding['level']} {finding['what']}: {finding['found']}" for finding in report["findings"]]}


def rows(lines):
    found = {}
    for line in lines:
        if line.startswith("{"):
            row = json.loads(line)
            found[row["_id"]] = row["vector"]
    return found


def vectors(out, wanted_path):
    with open(wanted_path) as lines:
        wanted = rows(lines)
    found = rows(out.split("\n"))
    missing = sum(1 for name in wanted if name not in found)
    pairs = [(wanted[name], found[name]) for name in wanted if name in found]
    worst = max(abs(a - b) for one, other in pairs for a, b in zip(one, other))
    least = min(sum(map(float.__mul__, one, other)) / math.sqrt(norm(one) * norm(other)) for one, other in pairs)
    return {"texts": len(pairs), "missing": missing, "largest_difference": worst, "least_cosine": least,
            "holds": missing == 0 and worst <= 5e-3 and least >= 0.9995}


def norm(vector):
    return sum(map(float.__mul__, vector, vector))


def kernels(out):
    """Counts how often each attention kernel ran, which ONNX Runtime prints on request."""
    named = re.findall(r"Operator=(\w+).*?DataType=(\w+) SdpaKernel=(\w+)", out)
    return {"kernels": {" ".join(one): count for one, count in collections.Counter(named).items()}}


def shapes(out):
    report = document(out)
    best = {}
    for shape in report["shapes"]:
        tokens = str(shape["tokens"])
        if tokens not in best or shape["per_second"] > best[tokens]["per_second"]:
            best[tokens] = shape
    return {"device": report["device"], "best": best, "shapes": report["shapes"]}


def job(out):
    report = document(out)
    median = report["median"]
    return {"texts": report["texts"], "tokens": report["tokens"], "median": median,
            "of_ceiling": median["job_per_second"] / median["ceiling_per_second"]}


def embed(out):
    report = document(out)
    chosen = ("device", "device_busy_percent", "tokens", "padding_percent", "seconds", "tokens_per_second")
    return {"texts": report["rows"]["embedded"], **{name: report[name] for name in chosen}}


def gpu_memory():
    """Returns the memory in use of the first GPU in megabytes, or None where it is unknown."""
    try:
        asked = ["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits"]
        return int(subprocess.run(asked, capture_output=True, text=True, timeout=5).stdout.split("\n")[0])
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def memory_in_use(process):
    """Returns the memory of the GPU and of the process in megabytes, or None where it is unknown."""
    try:
        with open(f"/proc/{process}/status") as status:
            resident = int(re.search(r"VmRSS:\s*(\d+)", status.read()).group(1)) // 1024
    except (OSError, AttributeError):
        resident = None
    return gpu_memory(), resident


def memory(out, budget, samples):
    """Reports the growth of memory: how far the peak of the last third exceeds the peak before it."""
    report = document(out)
    found = {"device": report["device"], "texts": report["rows"]["embedded"],
             "batches_at_least": report["tokens"] // budget, "samples": len(samples)}
    for name, values in zip(("gpu", "process"), zip(*samples)):
        known = [value for value in values if value is not None]
        if known:
            half = len(known) * 2 // 3
            found[name + "_megabytes"] = known[:: max(1, len(known) // 12)]
            found[name + "_growth"] = max(known[half:]) - max(known[:half])
    return found


def refusal(out, err):
    lines = [line for line in err.strip().split("\n") if line]
    exit_code = int(out.strip().split("\n")[-1].split(" ")[-1])
    return {"exit": exit_code, "crashed": exit_code < 0 or exit_code > 128, "said": lines[-3:]}


def killed(out):
    report, found = document(out), last_line(out)
    return {**found, "embedded": report["rows"]["embedded"]}


def stopped(err, running):
    """Reports how a process ended whose other tasks were killed."""
    exit_code = running.process.returncode
    lines = [line for line in err.strip().split("\n") if line]
    return {"crashed": exit_code < 0 or exit_code > 128, "said": lines[-3:]}


def ending(out, work, process):
    crashed = os.path.exists(os.path.join(work, f"crash-{process}.log"))
    return {"embedded": document(out) == {"lost": False}, "crashed": crashed}


def goals(steps, name):
    """Returns the decisive ratios of a model: to sentence-transformers, to the GPU's peak, and of the job to its ceiling."""
    found = {}
    layouts = ("packed", "padded", "packed-apart", "padded-apart")
    jobs = {layout: steps.get(f"job {name} {layout}", {}).get("median") for layout in layouts}
    theirs = [kind for kind in steps.get("sentence-transformers " + name, {}).values() if "encode" in _dict(kind)]
    for layout, median in jobs.items():
        if median:
            found[layout + " job of ceiling"] = median["job_per_second"] / median["ceiling_per_second"]
            for kind in theirs:
                found[layout + " job by sentence-transformers"] = min(
                    found.get(layout + " job by sentence-transformers", math.inf),
                    median["job_per_second"] / max(kind["encode"].values()))
        long_job = steps.get(f"embed {name} {layout}", {}).get("tokens_per_second")
        if long_job and theirs:
            encoded = max(speed for kind in theirs for speed in kind["encode"].values())
            found[layout + " long job by sentence-transformers"] = long_job / encoded
        for tokens, shape in steps.get(f"shapes {name} {layout}", {}).get("best", {}).items():
            found[f"{layout} utilization at {tokens} tokens"] = shape.get("utilization")
            calls = [kind["calls"][tokens]["tokens_per_second"] for kind in theirs if tokens in kind["calls"]]
            if calls:
                found[f"{layout} calls by sentence-transformers at {tokens} tokens"] = shape["per_second"] / max(calls)
    return found


def _dict(value):
    return value if isinstance(value, dict) else {}
