"""Runs a command while most of a GPU's memory is taken. Use: hog.py FREE_MEGABYTES COMMAND…"""
import subprocess
import sys

try:
    import torch
    free, _ = torch.cuda.mem_get_info()
except (ImportError, RuntimeError, AssertionError) as e:
    sys.exit(f"Cannot take memory of a GPU: {str(e).splitlines()[0]}")
taken = torch.empty(max(0, free - int(sys.argv[1]) * 1_000_000), dtype=torch.uint8, device="cuda")
torch.cuda.synchronize()
ended = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL)
print("exit", ended.returncode)
