"""A program for a GPU from --prompt to text, on a driver that emulates one, and on bad days."""
import argparse
import json
import os
import pty
import re
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


def check_bench(args: argparse.Namespace, vendor: Vendor, emulated: dict) -> None:
    """cria-bench: decode beside the bandwidth of copies, prefill beside nothing, and what it refuses."""
    bench = args.criac.with_name("cria-bench")
    quick = (args.stories, "--repeats=1", "--tokens=1", "--prompt=2", "--context=3")
    other = next(each for each in VENDORS.values() if each != vendor)
    found = json.loads(run(bench, *quick, f"--device={vendor.device}", "--json=-", env=emulated).stdout)
    decode, prefill = found["measurements"]
    assert found["cpu"].startswith("emulated GPU, code for ") and found["unit"] == "", found
    for row in (decode, prefill):
        assert row["threads"] == 0 and row["tokens_per_second"] > 0, row
    assert 0 < decode["fraction"] < 1 and decode["limits"] == [decode["read_bandwidth"]], decode
    assert prefill["fraction"] is None and prefill["unit_peak"] is None and prefill["limits"] == [], prefill
    text = run(bench, *quick, f"--target={vendor.target}", f"--device={vendor.device}:0", env=emulated).stdout
    assert "emulated GPU" in text and "against" not in text and "nan" not in text, text
    for flags, code, says in (((f"--device={vendor.device}:3",), 1, "there is no GPU 3: this machine has 1"),
                              ((f"--target={vendor.target}:nothing",), 1, '"nothing" is not a chip'),
                              ((f"--target={vendor.target}", f"--device={other.device}"), 2, "is not code for what --device names"),
                              ((f"--target={vendor.target}", "--device=cpu"), 2, "is not code for what --device names"),
                              (("--target=wasm32",), 2, "is not one of nvidia, nvidia:CHIP, amd, amd:CHIP"),
                              ((f"--device={vendor.device}", "--threads=2"), 2, "--threads: a GPU has none")):
        error = run(bench, *quick, *flags, code=code, env=emulated).stderr
        assert says in error and error.count("\n") == 1, error
    if not has_driver(other):
        error = run(bench, *quick, f"--device={other.device}", code=1).stderr
        assert other.missing in error, error


def check_kernels(args: argparse.Namespace, vendor: Vendor, program: Path, emulated: dict, text: str) -> None:
    """Times of kernels: every launch of a program's run, whose answer is the same, and of cria-bench's."""
    done = run(program, *PROMPT, "--stats=kernels", env=emulated)
    assert done.stdout == text, done
    for entry, kernel, calls in (("prefill", "attend", 4), ("decode", "down", 4), ("decode", "lm_head", 1), ("head", "lm_head", 1)):
        table = done.stderr.partition(f"\n{entry}: ")[2].partition("\n\n")[0]
        row = re.search(rf"^{kernel} +(\d+) +([\d.]+) +([\d.]+)% ", table, re.MULTILINE)
        assert row and int(row[1]) == calls and float(row[2]) > 0 and float(row[3]) <= 100, (entry, kernel, table)
        assert re.search(r"^between kernels +[\d.]+ +[\d.]+%$", table, re.MULTILINE), table
    flags = ("--repeats=1", "--tokens=2", "--prompt=2", "--context=3", f"--device={vendor.device}", "--kernels")
    found = json.loads(run(args.criac.with_name("cria-bench"), args.stories, *flags, "--json=-", env=emulated).stdout)
    decode, prefill = found["measurements"]
    assert [(e["entry"], e["calls"]) for e in decode["entries"]] == [("decode", 2)], decode
    assert [(e["entry"], e["calls"]) for e in prefill["entries"]] == [("prefill", 1), ("head", 1)], prefill
    for entry in (*decode["entries"], *prefill["entries"]):
        assert all(k["limit"] == "read" and 0 < k["fraction"] < 1 for k in entry["kernels"]), entry
        assert 0 <= sum(k["seconds"] for k in entry["kernels"]) <= entry["seconds"], entry


def check_copy_line(program: Path, emulated: dict) -> None:
    """Copies that take long are shown on a terminal, and nowhere else."""
    slow = {**emulated, "CRIA_EMULATED_DELAY": "30"}
    command = (program, "--token-ids=1", "--max-tokens=0")
    assert run(*command, env=slow).stderr == ""
    for environment, shown in ((emulated, False), (slow, True)):
        terminal, end = pty.openpty()
        run(*command, env=environment, stderr=end)
        os.write(end, b"done")
        text = os.read(terminal, 1 << 16).decode()
        if not shown:
            assert text == "done", text
            continue
        steps = re.findall(r"copying weights to the GPU: [\d.]+ [kM]B of [\d.]+ MB, (\d+)%", text)
        assert steps and steps == sorted(steps, key=int) and text.endswith("\r\x1b[Kdone"), text


def check_prompt_cache(program: Path, cpu: Path, emulated: dict, folder: Path) -> None:
    """A state that a GPU wrote is read there and by the CPU, and the other way round."""
    longer = [*PROMPT[:1], "Once upon a time there was", *PROMPT[2:], "--print-token-ids"]
    plain = run(cpu, *longer).stdout
    places = {"gpu": (program, emulated), "cpu": (cpu, dict(os.environ))}
    for writer, reader in (("gpu", "gpu"), ("gpu", "cpu"), ("cpu", "gpu")):
        (writes, environment), (reads, other) = places[writer], places[reader]
        state = folder / f"{writer}-{reader}.state"
        run(writes, *PROMPT, "--prompt-cache", state, env=environment)
        before = state.read_bytes()
        done = run(reads, *longer, "--stats", "--prompt-cache", state, env=other)
        assert done.stdout == plain, (writer, reader, done.stdout, plain)
        assert re.search(r"^prefill +[12] tokens", done.stderr, re.MULTILINE), done.stderr
        assert len(state.read_bytes()) > len(before), "the file is that of the longer prompt"
    damaged = folder / "damaged.state"
    damaged.write_bytes(before[:-9] + bytes([before[-9] ^ 1]) + before[-8:])
    fails(program, emulated, "its checksum is wrong", "--prompt-cache", str(damaged))


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
        check_bench(args, vendor, {**emulated, "CRIA_EMULATED_MEMORY": str(256 << 20)})
        found = run(args.bench, args.stories, target, f"--criac={args.criac}", "--prompt=3", "--tokens=2", "--check=2", "--rounds=1",
                    f"--json={folder}/bench.json", env={**emulated, "CRIA_EMULATED_MEMORY": str(256 << 20)}).stdout
        assert "2 tokens are those of the CPU" in found and "decode ms" in found, found
        sample = json.loads((folder / "bench.json").read_text())["results"]["cria"][0]
        assert min(sample.values()) > 0 and len(sample) == 4, sample
        state = run(program, *PROMPT[:2], "--embeddings", folder / "states.npy", env=emulated)
        assert (folder / "states.npy").stat().st_size > 1000, state

        check_copy_line(program, emulated)
        check_kernels(args, vendor, program, {**emulated, "CRIA_EMULATED_MEMORY": str(256 << 20)}, on_gpu.stdout)
        check_prompt_cache(program, folder / "cpu", emulated, folder)
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
