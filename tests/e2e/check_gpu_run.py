"""A program for a GPU from --prompt to text, on a driver that emulates one, and on bad days."""
import os
import pty
import re
import subprocess
import tempfile
from pathlib import Path

from gpu_emulated import VENDORS, arguments, emulated_kernels, has_driver, with_driver
from running import run

PROMPT = ["--prompt", "Once upon a time", "--temperature", "0", "--max-tokens", "6"]


def fails(program: Path, environment: dict, says: str, *flags: str) -> None:
    done = subprocess.run([program, *PROMPT, *flags], capture_output=True, text=True, env=environment)
    assert done.returncode == 1 and says in done.stderr and done.stderr.count("\n") == 1, done


def check_kernels(program: Path, emulated: dict, text: str) -> None:
    """Times of kernels: of every launch of a run whose answer is the same."""
    done = run(program, *PROMPT, "--stats=kernels", env=emulated)
    assert done.stdout == text, done
    for entry, kernel, calls in (("prefill", "attend", 4), ("decode", "down", 4), ("decode", "lm_head", 1), ("head", "lm_head", 1)):
        table = done.stderr.partition(f"\n{entry}: ")[2].partition("\n\n")[0]
        row = re.search(rf"^{kernel} +(\d+) +([\d.]+) +([\d.]+)% ", table, re.MULTILINE)
        assert row and int(row[1]) == calls and float(row[2]) > 0 and float(row[3]) <= 100, (entry, kernel, table)
        assert re.search(r"^between kernels +[\d.]+ +[\d.]+%$", table, re.MULTILINE), table


def check_copy_line(program: Path, emulated: dict) -> None:
    """Copies that take long are shown on a terminal, and nowhere else."""
    slow = {**emulated, "CRIA_EMULATED_DELAY": "30"}
    command = (program, "--token-ids=1", "--max-tokens=0")
    assert run(*command, env=slow).stderr == ""
    for environment, shown in ((emulated, False), (slow, True)):
        terminal, end = pty.openpty()
        run(*command, env=environment, stderr=end)
        os.write(end, b"done")
        text = ""
        while not text.endswith("done"):
            text += os.read(terminal, 1 << 16).decode()
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
    args = arguments(__doc__)
    vendor = VENDORS[args.vendor]
    target = f"--target={vendor.target}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = folder / "gpu"
        run(args.criac, args.stories, target, "-o", program)
        kernels = emulated_kernels(args, vendor, folder, "kernels", args.stories)
        run(args.criac, args.stories, "-o", folder / "cpu")

        emulated = with_driver(args, kernels)
        on_gpu = run(program, *PROMPT, env=emulated)
        on_cpu = run(folder / "cpu", *PROMPT)
        assert on_gpu.stdout == on_cpu.stdout and len(on_gpu.stdout) > 10, (on_gpu, on_cpu)
        print(on_gpu.stdout.strip())
        state = run(program, *PROMPT[:2], "--embeddings", folder / "states.npy", env=emulated)
        assert (folder / "states.npy").stat().st_size > 1000, state

        check_copy_line(program, emulated)
        check_kernels(program, emulated, on_gpu.stdout)
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
