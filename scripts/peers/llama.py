"""llama.cpp: gets its source from PyPI, builds it for this CPU, runs its benchmark or that of a relative."""

import json
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

from .cells import Cell

PACKAGE = "llama-cpp-python==0.3.36"
OPTIONS = ["-DCMAKE_BUILD_TYPE=Release", "-DGGML_NATIVE=ON", "-DBUILD_SHARED_LIBS=OFF", "-DLLAMA_BUILD_TESTS=OFF",
           "-DLLAMA_BUILD_EXAMPLES=OFF", "-DLLAMA_BUILD_SERVER=OFF", "-DLLAMA_BUILD_APP=OFF", "-DLLAMA_BUILD_UI=OFF",
           "-DLLAMA_USE_PREBUILT_UI=OFF", "-DLLAMA_OPENSSL=OFF"]


class Engine:
    model: Path

    def __init__(self, name: str, program: Path, options: Sequence[str] = ()):
        self.name = name
        self.program = program
        self.options = options

    def pid(self) -> None:
        """It is started for each sample."""

    def quantize(self, wide: Path, kind: str) -> Path:
        """A GGUF file of `kind` beside `wide`, made once."""
        file = wide.with_name(f"llama-1b-{kind}.gguf")
        if not file.exists():
            unfinished = file.with_suffix(".part")
            subprocess.run([self.program.with_name("llama-quantize"), wide, unfinished, kind], check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            unfinished.rename(file)
        return file

    def work(self, cell: Cell) -> list:
        """Options to do only this."""
        decode = cell.entry == "decode"
        return ["-p", 0 if decode else cell.tokens, "-n", cell.tokens if decode else 0,
                *(["-d", cell.context] if cell.context else [])]

    def measure(self, cell: Cell) -> dict:
        command = [self.program, "-m", self.model, "-t", cell.threads, "-r", 1, "-o", "json", *self.work(cell),
                   *self.options]
        done = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
        found = json.loads(done.stdout)[0]
        return {"tokens_per_second": found["avg_ts"], "commit": found["build_commit"]}


class Ik(Engine):
    """ik_llama.cpp, whose benchmark has no depth."""

    def work(self, cell: Cell) -> list:
        if cell.context:
            return ["-p", 0, "-n", 0, "-gp", f"{cell.context},{cell.tokens}"]
        return super().work(cell)


def source(folder: Path) -> Path:
    name = PACKAGE.replace("-", "_").replace("==", "-")
    unpacked = folder / name
    if not unpacked.exists():
        subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary=:all:", "--dest", folder,
                        PACKAGE], check=True)
        with tarfile.open(folder / f"{name}.tar.gz") as archive:
            archive.extractall(folder, filter="data")
    return unpacked / "vendor/llama.cpp"


def build(folder: Path) -> Engine:
    program = folder / "llama-build/bin/llama-bench"
    if not program.exists() or not program.with_name("llama-quantize").exists():
        configure = ["cmake", "-G", "Ninja", "-S", source(folder), "-B", folder / "llama-build", *OPTIONS]
        subprocess.run(configure, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["ninja", "-C", folder / "llama-build", "llama-bench", "llama-quantize"], check=True)
    return Engine("llama.cpp", program)
