"""Cria's side of the comparison: cria-bench, started once per model."""

import argparse
import json
import subprocess
from pathlib import Path

from .cells import Cell


def build(root: Path) -> Path:
    subprocess.run(["cmake", "--preset", "release"], cwd=root, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", "build/release", "--target", "cria-bench", "criac"], cwd=root, check=True)
    return root / "build/release/bin/cria-bench"


def pack(bench: Path, model: Path) -> Path:
    """A file beside `model`, made once."""
    packed = model.with_name(model.stem + "-packed.gguf")
    if not packed.exists():
        subprocess.run([bench.parent / "criac", model, "--pack", "-o", packed], check=True, stdout=subprocess.DEVNULL)
    return packed


class Bench:
    def __init__(self, name: str, program: Path, model: Path, context: int, args: argparse.Namespace):
        self.name = name
        capacity = max([4096, context + args.tokens + 1, *args.prompts])
        self.process = subprocess.Popen([program, model, "--points=-", f"--max-seq={capacity}",
                                         f"--products={args.products}", f"--kv-dtype={args.kv_dtype}"], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.cpu = self.ask("prefill", 0, 64, 1)["cpu"]

    def pid(self) -> int:
        return self.process.pid

    def ask(self, entry: str, context: int, tokens: int, threads: int) -> dict:
        self.process.stdin.write(f"{entry} {context} {tokens} {threads}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"cria-bench ended with exit code {self.process.wait()}")
        return json.loads(line)

    def measure(self, cell: Cell) -> dict:
        if cell.entry == "prefill":
            self.ask("prefill", 0, 64, cell.threads)  # wakes the threads; decode has a warm-up step of its own
        found = self.ask(cell.entry, cell.context, cell.tokens, cell.threads)
        return {**found, "tokens_per_second": cell.tokens / found["seconds"]}

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()
