"""A program for a GPU from --prompt to text, on a driver that emulates one, and on bad days."""
import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from running import run

PROMPT = ["--prompt", "Once upon a time", "--temperature", "0", "--max-tokens", "6"]


class Vendor(NamedTuple):
    target: str
    device: str
    library: str
    missing: str
    lost: str


VENDORS = {each.target: each for each in (
    Vendor("nvidia", "cuda", "libcuda.so.1", "no NVIDIA driver on this machine: libcuda.so.1", "CUDA_ERROR_LAUNCH_FAILED"),
    Vendor("amd", "hip", "libamdhip64.so", "no HIP runtime on this machine: libamdhip64.so", "hipErrorLaunchFailure"))}


def fails(program: Path, environment: dict, says: str, *flags: str) -> None:
    done = subprocess.run([program, *PROMPT, *flags], capture_output=True, text=True, env=environment)
    assert done.returncode == 1 and says in done.stderr and done.stderr.count("\n") == 1, done


def has_driver(vendor: Vendor) -> bool:
    folders = ("/usr/lib/x86_64-linux-gnu", "/usr/lib/wsl/lib", "/opt/rocm/lib")
    return any(path for folder in folders for path in Path(folder).glob(vendor.library + "*"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--vendor", choices=VENDORS, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--driver", type=Path, required=True, help="folder with the drivers")
    parser.add_argument("--emulate-kernels", type=Path, required=True)
    parser.add_argument("--cc", required=True)
    parser.add_argument("--bench", type=Path, required=True, help="scripts/bench-gpu")
    args = parser.parse_args()
    vendor = VENDORS[args.vendor]
    target = f"--target={vendor.target}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program, code, kernels = folder / "gpu", folder / "kernels.ll", folder / "kernels.so"
        run(args.criac, args.stories, target, "-o", program)
        run(args.criac, args.stories, target, "--emit=llvm", "-o", code)
        run(args.emulate_kernels, code, folder / "kernels.o")
        run(args.cc, "-shared", "-o", kernels, folder / "kernels.o", f"-L{args.driver}", f"-l:{vendor.library}", "-lm")
        run(args.criac, args.stories, "-o", folder / "cpu")

        emulated = {**os.environ, "LD_LIBRARY_PATH": str(args.driver), "CRIA_EMULATED_KERNELS": str(kernels)}
        on_gpu = run(program, *PROMPT, env=emulated)
        on_cpu = run(folder / "cpu", *PROMPT)
        assert on_gpu.stdout == on_cpu.stdout and len(on_gpu.stdout) > 10, (on_gpu, on_cpu)
        print(on_gpu.stdout.strip())
        found = run(args.bench, args.stories, target, f"--criac={args.criac}", "--prompt=3", "--tokens=2", "--check=2", "--rounds=1",
                    f"--json={folder}/bench.json", env=emulated).stdout
        assert "2 tokens are those of the CPU" in found and "decode ms" in found, found
        assert json.loads((folder / "bench.json").read_text())["results"]["cria"][0]["decode ms"] > 0
        state = run(program, *PROMPT[:2], "--embeddings", folder / "states.npy", env=emulated)
        assert (folder / "states.npy").stat().st_size > 1000, state

        listed = run(program, "--list-devices", env=emulated).stdout
        other = next(each for each in VENDORS.values() if each != vendor)
        assert f"\n{vendor.device + ':0':<8}emulated GPU\n" in listed, listed
        assert f"\n{other.device:<8}no code for {other.target.upper()} GPUs\n" in listed, listed
        on_cpu_by_choice = run(program, *PROMPT, "--device=cpu", env=emulated)
        assert on_cpu_by_choice.stdout == on_cpu.stdout and not on_cpu_by_choice.stderr, on_cpu_by_choice
        fails(program, emulated, "there is no GPU 3: this machine has 1", f"--device={vendor.device}:3")
        fails(program, emulated, f"no code for {other.target.upper()} GPUs; criac --target={other.target} makes some",
              f"--device={other.device}")
        if not has_driver(vendor):
            without = run(program, *PROMPT)
            assert without.stdout == on_cpu.stdout and without.stderr.count("\n") == 1, without
            assert vendor.missing in without.stderr, without
            fails(program, dict(os.environ), vendor.missing, f"--device={vendor.device}")
            assert f"{vendor.device:<8}{vendor.missing}" in run(program, "--list-devices").stdout
        fails(program, {**emulated, "CRIA_EMULATED_MEMORY": str(1 << 20)}, "for the rest; 1 are free")
        fails(program, {**emulated, "CRIA_EMULATED_LOSS": "40"}, vendor.lost)


if __name__ == "__main__":
    main()
