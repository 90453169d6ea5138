"""Kernels for AMD GPUs: what the code objects of whole models hold, chip by chip, and what is refused."""
import argparse
import os
import re
import tempfile
from pathlib import Path

from running import run

# Of the processor. A compilation of the 1B model takes less than two, with the host's code.
MOST_SECONDS = 10
# Lanes of a wave.
WAVES = {"gfx90a": 64, "gfx942": 64, "gfx1100": 32, "gfx1201": 32}
KERNELS = {"prefill_attend", "decode_qkv", "decode_gate_up", "decode_lm_head", "state_norm"}
# An ELF of 64 bits for AMD's HSA, as it lies in a program.
MAGIC = b"\x7fELF\x02\x01\x01\x40"


def code_object(binary: bytes) -> bytes:
    begin = binary.index(MAGIC)
    assert MAGIC not in binary[begin + 1:], "more than one code object"
    table = int.from_bytes(binary[begin + 40:begin + 48], "little")
    size, count = (int.from_bytes(binary[begin + at:begin + at + 2], "little") for at in (58, 60))
    return binary[begin:begin + table + size * count]


class CodeObject:
    """What LLVM's tools say of the code object in an object of criac."""

    def __init__(self, tools: Path, binary: Path) -> None:
        file = binary.with_suffix(".hsaco")
        file.write_bytes(code_object(binary.read_bytes()))
        self.symbols = run(tools / "llvm-readelf", "--symbols", "--wide", file).stdout
        self.notes = run(tools / "llvm-readelf", "--notes", file).stdout
        self.code = run(tools / "llvm-objdump", "-d", file).stdout

    def numbers(self, key: str) -> list:
        """Of each kernel, in their order."""
        return [int(value) for value in re.findall(rf"^\s+\.{key}: +(\d+)$", self.notes, re.MULTILINE)]

    def check(self, chip: str) -> None:
        names = re.findall(r"^    \.name: +(\w+)$", self.notes, re.MULTILINE)
        assert set(names) >= KERNELS, names
        for name in names:
            assert re.search(rf"FUNC +GLOBAL PROTECTED +\d+ {name}$", self.symbols, re.MULTILINE), name
            assert re.search(rf"OBJECT +GLOBAL \w+ +\d+ {name}\.kd$", self.symbols, re.MULTILINE), name
        undefined = [line for line in self.symbols.splitlines() if re.search(r" UND +\S", line)]
        assert not undefined, undefined
        assert f"amdgcn-amd-amdhsa--{chip}\n" in self.notes, self.notes
        for key, value in {"wavefront_size": WAVES[chip], "max_flat_workgroup_size": 256, "vgpr_spill_count": 0,
                           "sgpr_spill_count": 0, "private_segment_fixed_size": 0}.items():
            assert self.numbers(key) == [value] * len(names), (key, self.numbers(key))
        assert max(self.numbers("group_segment_fixed_size")) <= 48 << 10
        wide = re.findall(r"global_load_(?:dwordx4|b128)", self.code)
        assert wide and not re.search(r"flat_load_(?:dwordx4|b128)", self.code), "weights are not read as global memory"
        print(f"{chip}: {len(names)} kernels, {len(wide)} loads of 16 bytes, {max(self.numbers('vgpr_count'))} "
              "registers at most")


def check_model(args: argparse.Namespace, model: str, chip: str, flags: list, folder: Path) -> None:
    out = folder / f"{Path(model).name}-{chip}.o"
    begin = os.times().children_user
    run(args.criac, model, f"--target=amd:{chip}", "--emit=obj", *flags, "-o", out)
    seconds = os.times().children_user - begin
    print(f"{model}: {seconds:.1f} s")
    assert seconds < MOST_SECONDS
    CodeObject(args.llvm_tools, out).check(chip)


def check_refusals(criac: Path, model: Path, folder: Path) -> None:
    out = folder / "refused"
    asm = ["--emit=asm", "-o", out]
    schedule = folder / "schedule"
    schedule.write_text('{ "prefill.gate_up" = #cria.schedule<unit = mma_bf16x3> }')
    for flags, code, says in [(["--target=amd", "--emit=wasm", "-o", out], 2, "--target=wasm32"),
                              (["--target=amd:gfx1", *asm], 1, '"gfx1" is not a chip of amd known to LLVM'),
                              (["--target=amd:gfx701", *asm], 1, '"gfx701" has no ds_bpermute'),
                              (["--target=amd:", *asm], 1, "a chip is missing after the colon, as in amd:gfx942"),
                              (["--target=amd", "--cpu=gfx942", *asm], 1, "a GPU is named by --target"),
                              (["--target=amd", f"--schedule={schedule}", *asm], 1, "unit")]:
        error = run(criac, model, *flags, code=code).stderr
        assert error.count("\n") == 1 and says in error, error
    nowhere = {**os.environ, "PATH": str(folder)}
    error = run(criac, model, "--target=amd", "--emit=obj", "-o", out, code=1, env=nowhere).stderr
    assert error.count("\n") == 1 and 'ld.lld of lld is needed to link its kernels' in error, error
    assert not out.exists(), "something was written"
    run(criac, model, "--target=amd", *asm, env=nowhere)


def check_texts(criac: Path, tiny: Path, folder: Path) -> None:
    """What shows a compilation shows one for AMD."""
    listed = run(criac, "--list-phases", "--target=amd").stdout
    assert listed.splitlines()[-1].startswith("gpu "), listed
    dump = folder / "ir"
    run(criac, tiny, "--target=amd:gfx1100", "--emit=llvm", f"--dump-ir={dump}", "-o", folder / "tiny.ll")
    code = (folder / "tiny.ll").read_text()
    assert "define amdgpu_kernel void @decode_qkv(" in code and '"target-cpu"="gfx1100"' in code
    assert any("-gpu-convert-gpu" in file.name for file in dump.iterdir()), list(dump.iterdir())
    assert "rocdl.kernel" in run(criac, tiny, "--target=amd", "--stop-after=gpu").stdout
    assert "decode.gate_up" in run(criac, "inspect", tiny, "--target=amd").stdout
    asm = run(criac, tiny, "--target=amd:gfx11-generic", "--emit=asm", "-o", "-").stdout
    assert ".amdhsa_kernel decode_gate_up" in asm and ".amdhsa_code_object_version 6" in asm


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--tiny", type=Path, required=True)
    parser.add_argument("--llvm-tools", type=Path, required=True, help="folder with llvm-readelf and llvm-objdump")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check_refusals(args.criac, args.stories, folder)
        check_texts(args.criac, args.tiny, folder)
        for chip in WAVES:
            check_model(args, args.stories, chip, [], folder)
        llama = ["--random-weights=1", "--dtype=bf16"]
        for chip in ("gfx942", "gfx1100"):
            check_model(args, "llama3.2-1b", chip, llama, folder)
        check_model(args, "llama3.2-1b", "gfx942", ["--random-weights=1", "--dtype=q4_k", "--kv-dtype=q8_0"], folder)


if __name__ == "__main__":
    main()
