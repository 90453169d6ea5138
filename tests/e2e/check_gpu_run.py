"""A program for an NVIDIA GPU from --prompt to text, on a driver that emulates one, and on bad days."""
import argparse
import os
import subprocess
import tempfile
from pathlib import Path

from running import run

PROMPT = ["--prompt", "Once upon a time", "--temperature", "0", "--max-tokens", "6"]


def fails(program: Path, environment: dict, says: str) -> None:
    done = subprocess.run([program, *PROMPT], capture_output=True, text=True, env=environment)
    assert done.returncode == 1 and says in done.stderr and done.stderr.count("\n") == 1, done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--driver", type=Path, required=True, help="folder with a libcuda.so.1")
    parser.add_argument("--emulate-kernels", type=Path, required=True)
    parser.add_argument("--cc", required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program, code, kernels = folder / "gpu", folder / "kernels.ll", folder / "kernels.so"
        run(args.criac, args.stories, "--target=nvidia", "-o", program)
        run(args.criac, args.stories, "--target=nvidia", "--emit=llvm", "-o", code)
        run(args.emulate_kernels, code, folder / "kernels.o")
        run(args.cc, "-shared", "-o", kernels, folder / "kernels.o", f"-L{args.driver}", "-l:libcuda.so.1", "-lm")
        run(args.criac, args.stories, "-o", folder / "cpu")

        emulated = {**os.environ, "LD_LIBRARY_PATH": str(args.driver), "CRIA_EMULATED_KERNELS": str(kernels)}
        on_gpu = run(program, *PROMPT, env=emulated)
        on_cpu = run(folder / "cpu", *PROMPT)
        assert on_gpu.stdout == on_cpu.stdout and len(on_gpu.stdout) > 10, (on_gpu, on_cpu)
        print(on_gpu.stdout.strip())
        state = run(program, *PROMPT[:2], "--embeddings", folder / "states.npy", env=emulated)
        assert (folder / "states.npy").stat().st_size > 1000, state

        if not any(Path(place, "libcuda.so.1").exists() for place in ("/usr/lib/x86_64-linux-gnu", "/usr/lib/wsl/lib")):
            fails(program, dict(os.environ), "no NVIDIA driver on this machine: libcuda.so.1")
        fails(program, {**emulated, "CRIA_EMULATED_MEMORY": str(1 << 20)}, "for the rest; 1 are free")
        fails(program, {**emulated, "CRIA_EMULATED_LOSS": "40"}, "CUDA_ERROR_LAUNCH_FAILED")


if __name__ == "__main__":
    main()
