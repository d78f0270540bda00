"""Runs a command whose GPU fails while it works. Use: lost.py DIRECTORY COMMAND…     DIRECTORY takes what is compiled"""
import os
import shutil
import subprocess
import sys

directory, command = sys.argv[1], sys.argv[2:]
source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lost.cu")
library = os.path.join(directory, "lost.so")
compiler = shutil.which("nvcc") or "/usr/local/cuda/bin/nvcc"
try:
    subprocess.run([compiler, "-shared", "-arch=native", "-Xcompiler", "-fPIC", "-o", library, source], check=True)
except (OSError, subprocess.CalledProcessError) as e:
    sys.exit(f"Cannot compile {source}: {e}")
ended = subprocess.run(command, stdout=subprocess.DEVNULL, env={**os.environ, "LD_PRELOAD": library})
print("exit", ended.returncode)
