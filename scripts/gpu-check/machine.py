"""The environment of a check: the restored content, the settings, CUDA's libraries, and this machine."""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig


class Machine:
    def __init__(self, target):
        content = os.path.abspath(os.path.join(target, "content"))
        if not os.path.isdir(content):
            sys.exit(f"Cannot run {target}: it is not restored (gpu-check.sh restore says which pieces are to come)")
        self.content = content
        self.work = os.path.abspath(os.path.join(target, "work"))
        shutil.rmtree(self.work, ignore_errors=True)
        os.makedirs(self.work)
        self.device = os.environ.get("DEVICE", "cuda")
        self.rounds = os.environ.get("ROUNDS", "3")
        self.peak = os.environ.get("PEAK_TFLOPS", "989")
        self.memory = os.environ.get("MEMORY", "8g")
        self.copies = int(os.environ.get("COPIES", "8"))
        self.limit = float(os.environ.get("LIMIT", "570"))
        self.patience = float(os.environ.get("PATIENCE", "1"))
        self.wanted = re.compile(os.environ.get("STEPS", ".*"))
        with open(self.path("pack.json")) as packed:
            self.packed = json.load(packed)
        self.environment = {**os.environ, "ORT_DISABLE_TELEMETRY": "1", "HOME": self.work,
                            "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "true",
                            # A bare machine may not know its own name.
                            "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "localhost",
                            "LD_LIBRARY_PATH": ":".join(self.libraries())}

    def path(self, *parts):
        return os.path.join(self.content, *parts)

    def libraries(self):
        """Returns the directories that may hold CUDA: those of the caller, of Python's packages, and of NVIDIA."""
        named = [entry for entry in os.environ.get("LD_LIBRARY_PATH", "").split(":") if entry]
        packages = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
        wheels = [path for root in sorted(packages) for path in sorted(glob.glob(root + "/nvidia/*/lib"))]
        return named + wheels + sorted(glob.glob("/usr/local/cuda*/lib64"))

    def java(self, memory, *arguments):
        native = glob.glob(self.path("native", "*"))
        return [self.path("java", "bin", "java"), "@" + self.path("java.options"), "-Xmx" + memory,
                *["-Donnxruntime.native.path=" + path for path in native],
                "-Dspark.ui.showConsoleProgress=false", "-Dspark.ui.enabled=false",
                "-Dspark.local.dir=" + self.work, "-Djava.io.tmpdir=" + self.work,
                f"-XX:ErrorFile={self.work}/crash-%p.log", "-Xlog:disable", "-Xlog:all=error:stderr",
                "-cp", self.path("jars", "*"), "io.e5spark.job.Main", *arguments]

    def python(self, script, *arguments):
        return [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), script), *arguments]

    def facts(self):
        return {"gpu": asked("nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"),
                "cores": os.cpu_count(), "device": self.device, "python": sys.version.split()[0],
                "libraries": self.libraries(), "rounds": self.rounds, **self.packed}


def asked(*command):
    """Returns the output of a program, or None if the program cannot run."""
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=20).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return None
