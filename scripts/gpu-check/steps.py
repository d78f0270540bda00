"""The checks, the most important first. machine.py describes their environment, and read.py reads their output."""
import dataclasses
import os
import sys
from collections.abc import Callable

import read

LAYOUTS = ("packed", "padded")
# The layouts whose attention gets query, key and value apart (form.py).
FORMS = tuple(layout + "-apart" for layout in LAYOUTS)


@dataclasses.dataclass
class Step:
    """A command with the seconds that it may take, the seconds that it needs at least, and the reader of its output."""
    name: str
    command: list[str]
    limit: float
    read: Callable
    least: float = 10
    environment: dict = dataclasses.field(default_factory=dict)
    samples_memory: Callable = None


@dataclasses.dataclass
class Group:
    steps: list[Step]
    at_once: int = 1


def groups(machine):
    first, *others = machine.packed["shapes"]
    at_once = max(1, min(5, (os.cpu_count() or 1) // 3))
    yield Group([doctor(machine, first)])
    yield Group([vectors(machine, name, layout) for name in machine.packed["models"] for layout in LAYOUTS]
                + [kernels(machine, first, layout) for layout in LAYOUTS], at_once=at_once)
    yield Group([shapes(machine, first, layout) for layout in LAYOUTS])
    yield Group([form(machine, first, layout) for layout in LAYOUTS])
    yield Group([check(machine, first, layout) for layout in FORMS for check in (vectors, kernels)], at_once=at_once)
    yield Group([shapes(machine, first, layout) for layout in FORMS])
    yield Group([reference(machine, first)])
    yield Group([job(machine, first, layout) for layout in LAYOUTS])
    yield Group([embed(machine, first, layout) for layout in LAYOUTS])
    yield Group([memory(machine, first, layout) for layout in LAYOUTS])
    yield Group([lost(machine, first), killed(machine, first), killed_tasks(machine, first)])
    yield Group([out_of_memory(machine, first, free) for free in (3000, 300)])
    yield Group([ending(machine, first, number) for number in range(20)], at_once=at_once)
    yield Group([shapes(machine, name, layout) for name in others for layout in LAYOUTS])
    yield Group([reference(machine, name) for name in others])


def model(machine, name, layout):
    return os.path.join(machine.work if layout in FORMS else machine.path("models"), f"{name}-{layout}")


def on_device(machine, name, layout):
    return ["--set", "device=" + machine.device, "--model", model(machine, name, layout)]


def sql(machine, name, layout, statement, *options):
    return machine.java("2g", "sql", "--json", *on_device(machine, name, layout), *options, "-e", statement)


def embed_all(machine, texts):
    return f"SELECT _id, e5_embed(text, 'passage') AS vector FROM json.`{machine.path('texts', texts)}`"


def doctor(machine, name):
    return Step("doctor", machine.java("2g", "doctor", "--json", *on_device(machine, name, LAYOUTS[0])), 60, read.doctor)


def vectors(machine, name, layout):
    """Compares texts of all lengths with their packed vectors, which a CPU computed in single precision."""
    wanted = machine.path("vectors", name + ".jsonl")
    return Step(f"vectors {name} {layout}", sql(machine, name, layout, embed_all(machine, "lengths.jsonl")), 120,
                lambda out, err, running: read.vectors(out, wanted))


def kernels(machine, name, layout):
    return Step(f"kernels {name} {layout}", sql(machine, name, layout, embed_all(machine, "lengths.jsonl")), 60,
                lambda out, err, running: read.kernels(out),
                environment={"ORT_ENABLE_ATTENTION_KERNEL_DEBUG_INFO": "1"})


def shapes(machine, name, layout):
    return Step(f"shapes {name} {layout}",
                machine.java(machine.memory, "benchmark", "--shapes", "--json", "--rounds", machine.rounds,
                             "--peak-tflops", machine.peak, *on_device(machine, name, layout)),
                75, lambda out, err, running: read.shapes(out))


def form(machine, name, layout):
    """Writes a model of another form, which later steps measure."""
    command = machine.python("form.py", model(machine, name, layout), model(machine, name, layout + "-apart"))
    return Step(f"form {name} {layout}-apart", command, 60, lambda out, err, running: {})


def job(machine, name, layout):
    return Step(f"job {name} {layout}",
                machine.java(machine.memory, "benchmark", "--json", "--input", machine.path("texts", "corpus.jsonl"),
                             "--limit", str(machine.packed["texts"]), "--rounds", machine.rounds,
                             *on_device(machine, name, layout)),
                75, lambda out, err, running: read.job(out))


def embed(machine, name, layout):
    """Embeds all texts many times over, as one long job of a new process."""
    texts = os.path.join(machine.work, "texts")
    os.makedirs(texts, exist_ok=True)
    for number in range(machine.copies):
        link = os.path.join(texts, f"{number}.jsonl")
        if not os.path.exists(link):
            os.link(machine.path("texts", "corpus.jsonl"), link)
    return Step(f"embed {name} {layout}",
                machine.java(machine.memory, "embed", "--json", "--input", texts,
                             "--output", os.path.join(machine.work, f"embed-{name}-{layout}"),
                             *on_device(machine, name, layout)),
                90, lambda out, err, running: read.embed(out))


def reference(machine, name):
    """Measures sentence-transformers with the same weights and the same texts."""
    checkpoint = os.path.join(machine.work, "checkpoint-" + name)
    return Step(f"sentence-transformers {name}",
                machine.python("reference.py", name, checkpoint, machine.content, machine.device, machine.rounds),
                120, lambda out, err, running: read.last_line(out))


def memory(machine, name, layout):
    """Embeds more than a thousand batches of changing shapes, and samples the memory."""
    return Step(f"memory {name} {layout}", small_batches(machine, name, layout, "memory"),
                60, lambda out, err, running: read.memory(out, small_budget(machine), running.samples),
                samples_memory=read.memory_in_use)


def small_budget(machine):
    return max(512, machine.packed["words"] // 1_100)


def small_batches(machine, name, layout, table):
    return machine.java(machine.memory, "embed", "--json", "--input", machine.path("texts", "corpus.jsonl"),
                        "--output", os.path.join(machine.work, f"{table}-{name}-{layout}"),
                        "--set", f"max-batch-tokens={small_budget(machine)}", *on_device(machine, name, layout))


def lost(machine, name):
    """Embeds until the GPU fails for good."""
    command = machine.python("lost.py", machine.work, *small_batches(machine, name, LAYOUTS[0], "lost"))
    return Step("lost device", command, 60, lambda out, err, running: read.refusal(out, err))


def killed(machine, name):
    command = machine.python("killed.py", *small_batches(machine, name, LAYOUTS[0], "killed"))
    return Step("killed process", command, 75, lambda out, err, running: read.killed(out))


def killed_tasks(machine, name):
    """Embeds until one task fails, upon which Spark kills the other ones."""
    last = machine.packed["texts"] - 1
    statement = ("SELECT /*+ REPARTITION(8) */ _id, size(e5_embed(text, 'passage')), "
                 f"IF(_id = 't{last}', raise_error('stop'), 0) FROM json.`{machine.path('texts', 'corpus.jsonl')}`")
    return Step("killed tasks", sql(machine, name, LAYOUTS[0], statement), 60,
                lambda out, err, running: read.stopped(err, running))


def out_of_memory(machine, name, free):
    """Embeds on a GPU of which another program leaves only this many megabytes."""
    command = sql(machine, name, LAYOUTS[0], embed_all(machine, "corpus.jsonl"), "--set", "max-batch-tokens=131072")
    return Step(f"out of memory {free} MB", machine.python("hog.py", str(free), *command), 60,
                lambda out, err, running: read.refusal(out, err))


def ending(machine, name, number):
    """Runs a process that ends by itself. A crash would leave a signal or a file."""
    return Step(f"end {number + 1}", sql(machine, name, LAYOUTS[number % 2], "SELECT e5_embed('rain') IS NULL AS lost"), 45,
                lambda out, err, running: read.ending(out, machine.work, running.process.pid))


if __name__ == "__main__":
    sys.exit("Use run.py")
