"""Kernels for NVIDIA GPUs: PTX of whole models, what the assembler makes of it, and what is refused."""
import argparse
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from running import run

# Of the processor. A compilation of the 1B model takes less than one.
MOST_SECONDS = 5
# Bytes of registers that a thread may keep in memory.
MOST_SPILLED = 32
# A kernel, and its registers in memory (bytes) as the assembler reports them.
ENTRY = re.compile(r"Compiling entry function '(\w+)'.*?\n.*?\n\s*(\d+) bytes stack frame, (\d+) bytes spill stores")


def bodies_of(ptx: str) -> dict[str, str]:
    """The kernels of `ptx`, by name."""
    return dict(re.findall(r"^\.visible \.entry (\w+)\((.*?)^}", ptx, re.MULTILINE | re.DOTALL))


def ptx_of(criac: Path, model: str, flags: list, out: Path) -> str:
    begin = os.times().children_user
    run(criac, model, "--target=nvidia", "--emit=asm", *flags, "-o", out)
    seconds = os.times().children_user - begin
    print(f"{model}: {seconds:.1f} s")
    assert seconds < MOST_SECONDS
    text = out.read_text()
    kernels = bodies_of(text)
    assert {"prefill_attend", "decode_qkv", "decode_gate_up", "decode_lm_head", "state_norm"} <= set(kernels), list(kernels)
    assert ".extern" not in text, "a function that the driver does not have"
    assert re.search(r"ld\.global(\.nc)?(\.L1::\w+)?\.v4\.\w+", text), "no load of 16 bytes"
    return text


def assemble(ptxas: str, ptx: Path) -> None:
    done = run(ptxas, "-arch=sm_90a", "-v", ptx, "-o", ptx.with_suffix(".cubin"))
    found = ENTRY.findall(done.stderr)
    assert found, done.stderr
    spilled = {name: int(spill) for name, _, spill in found if int(spill)}
    print(f"{ptx.name}: {len(found)} kernels assembled, bytes of spilled registers: {spilled or 'none'}")
    assert all(spill <= MOST_SPILLED for spill in spilled.values()), spilled


def check_tensor_cores(criac: Path, ptx: str, folder: Path) -> None:
    """Products of prefill are theirs, where the chip has them, and no branch takes them apart."""
    used = {name for name, body in bodies_of(ptx).items() if "mma.sync.aligned.m16n8k16" in body}
    assert used == {"prefill_qkv", "prefill_attend", "prefill_o", "prefill_gate_up", "prefill_down"}, used
    flags = ["--random-weights=1", "--dtype=bf16"]
    ptx_of(criac, "llama3.2-1b", [*flags, "--kv-dtype=bf16"], folder / "cache.ptx")
    run(criac, "llama3.2-1b", *flags, "--target=nvidia:sm_75", "--emit=asm", "-o", folder / "older.ptx")
    assert "mma.sync" not in (folder / "older.ptx").read_text()
    run(criac, "llama3.2-1b", *flags, "--target=nvidia", "--emit=llvm", "-o", folder / "llama.ll")
    code = (folder / "llama.ll").read_text()
    calls = re.findall(r"call .*@llvm\.nvvm\.mma\..*\) (#\d+)$", code, re.MULTILINE)
    attributes = dict(re.findall(r"^attributes (#\d+) = {(.*)}$", code, re.MULTILINE))
    assert len(calls) == ptx.count("mma.sync") and all("convergent" in attributes[each] for each in calls), calls


def check_weight_loads(ptx: str) -> None:
    """Weights are read by 16 bytes, and not by fewer."""
    bodies = bodies_of(ptx)
    for name in ("qkv", "o", "gate_up", "down", "lm_head"):
        loads = re.findall(r"ld\.global\S*", bodies[f"decode_{name}"])
        assert any(".v4." in load for load in loads) and not any(load.endswith("16") for load in loads), (name, loads)


def check_early_launch(criac: Path, stories: Path, ptx: str, folder: Path) -> None:
    """Where the chip can, each kernel waits for the one ahead before it reads or writes memory."""
    assert "griddepcontrol" not in ptx
    run(criac, stories, "--target=nvidia:sm_90", "--emit=asm", "-o", folder / "early.ptx")
    bodies = bodies_of((folder / "early.ptx").read_text())
    assert bodies
    for body in bodies.values():
        before, after = body.split("griddepcontrol.wait;")
        assert not re.search(r"\b(ld|st)\.(global|shared)|\bld\.\w*\d+\b.*\[%r", before), before
        assert "griddepcontrol.launch_dependents;" in after


def check_launches(criac: Path, target: str, multiprocessors: int, folder: Path) -> None:
    """A layer of a decode step has five launches, each with a block for every multiprocessor."""
    model = ["llama3.2-1b", "--random-weights=1", "--dtype=bf16", f"--target={target}"]
    dump = folder / f"launches-{target}"
    run(criac, *model, "--stop-after=gpu", f"--dump-ir={dump}", "-o", folder / "launches.mlir")
    ir = next(dump.glob("*-gpu-join-launches.mlir")).read_text()
    launch = re.compile(r"^ {6}gpu\.launch_func +@kernels::@decode_(\w+) blocks in \(%c(\d+)\w*, %c(\d+)\w*, %c1\w*\)",
                        re.MULTILINE)
    blocks = {name: int(x) * int(y) for name, x, y in launch.findall(ir)}
    print(f"{target}: {blocks}")
    assert list(blocks) == ["qkv", "attend_rows", "o", "gate_up", "down"], blocks
    assert all(count >= multiprocessors for count in blocks.values()), blocks
    table = run(criac, "inspect", *model).stdout
    joined = re.findall(r"^(\S+) .*, in the launch of (\S+)$", table, re.MULTILINE)
    assert ("decode.kv_append+rope", "decode.qkv") in joined and ("decode.combine", "decode.attend_rows") in joined, joined


def check_coherent(ptx: str) -> None:
    """Only pointers to weights are read past the caches that see what other blocks write."""
    loads = set(re.findall(r"ld\.global\.nc\S*", ptx))
    assert loads <= {"ld.global.nc.b64"}, loads
    counts = re.findall(r"fence\.acq_rel\.gpu;\s+atom\.global\.inc\.u32\s.*;\s+fence\.acq_rel\.gpu;", ptx)
    assert len(counts) == ptx.count("atom.global") == 4, ptx.count("atom.global")


def check_refusals(criac: Path, model: Path, folder: Path) -> None:
    out = folder / "refused"
    asm = ["--emit=asm", "-o", out]
    for flags, code, says in [(["--target=nvidia", "--emit=wasm", "-o", out], 2, "--target=wasm32"),
                              (["--target=nvidia:sm_1", *asm], 1, '"sm_1" is not a chip of nvidia known to LLVM'),
                              (["--target=nvidia:", *asm], 1, "a chip is missing after the colon"),
                              (["--target=nvidia", "--cpu=sm_90", *asm], 1, "a GPU is named by --target"),
                              (["--target=nvidia", "--stop-after=cpu"], 2, '"cpu" is not a phase of --target=nvidia'),
                              (["--stop-after=gpu"], 2, '"gpu" is not a phase of --target=native'),
                              (["--target=nvidia", "--verify", *asm], 1, "cannot run here")]:
        error = run(criac, model, *flags, code=code).stderr
        assert error.count("\n") == 1 and says in error, error
    assert not out.exists(), "something was written"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--tiny", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check_refusals(args.criac, args.stories, folder)
        listed = run(args.criac, "--list-phases", "--target=nvidia").stdout
        assert listed.splitlines()[-1].startswith("gpu "), listed
        stories = ptx_of(args.criac, args.stories, [], folder / "stories.ptx")
        check_early_launch(args.criac, args.stories, stories, folder)
        llama = ptx_of(args.criac, "llama3.2-1b", ["--random-weights=1", "--dtype=bf16"], folder / "llama.ptx")
        check_tensor_cores(args.criac, llama, folder)
        check_weight_loads(llama)
        check_coherent(llama)
        check_launches(args.criac, "nvidia", 132, folder)
        check_launches(args.criac, "amd", 304, folder)
        ptx_of(args.criac, "llama3.2-1b", ["--random-weights=1", "--dtype=q4_k", "--kv-dtype=q8_0"], folder / "blocks.ptx")
        dump = folder / "ir"
        run(args.criac, args.tiny, "--target=nvidia:sm_80", "--emit=llvm", f"--dump-ir={dump}", "-o", folder / "tiny.ll")
        assert "ptx_kernel" in (folder / "tiny.ll").read_text()
        assert any("-gpu-thread-loops" in file.name for file in dump.iterdir()), list(dump.iterdir())
        ptxas = shutil.which("ptxas") or shutil.which("ptxas", path="/usr/local/cuda/bin")
        if not ptxas:
            print("skipped: ptxas is missing, so nothing was assembled")
            sys.exit(77)
        for ptx in ("stories.ptx", "llama.ptx", "cache.ptx", "blocks.ptx"):
            assemble(ptxas, folder / ptx)


if __name__ == "__main__":
    main()
