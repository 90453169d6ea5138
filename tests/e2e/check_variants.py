"""One binary with code for several CPUs: the best is chosen, any that runs can be named, and a
machine that runs none of it is told why. For x86-64."""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
PROMPT = ("--prompt", "Once upon a time", "--max-tokens", "30", "--greedy")
FAR = "diamondrapids"  # no machine that tests run on is one


def run(*command, code: int = 0, variant: str = "") -> subprocess.CompletedProcess:
    environment = {**os.environ, "CRIA_VARIANT": variant}
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, env=environment)
    assert done.returncode == code, f"{command}: exit code {done.returncode}, not {code}\n{done.stderr}"
    return done


def refusal(*command, code: int, variant: str = "") -> str:
    done = run(*command, code=code, variant=variant)
    assert done.stderr.count("\n") == 1 and not done.stdout, done
    return done.stderr.strip()


def check_program(criac: Path, model: Path, folder: Path) -> None:
    program, cpus = folder / "program", f"x86-64-v2,x86-64-v3,{FAR}"
    done = run(criac, model, f"--cpu={cpus}", "--verify", "-o", program)
    assert f"code for {FAR} does not run here" in done.stderr, done.stderr
    version = run(program, "--version").stdout
    assert f"for x86-64-v2, x86-64-v3, {FAR} (here x86-64-v3)" in version, version
    text = run(program, *PROMPT).stdout
    assert len(text) > 20, text
    for name in ("x86-64-v2", "x86-64-v3"):
        assert run(program, *PROMPT, "--variant", name).stdout == text, name
        assert run(program, *PROMPT, variant=name).stdout == text, name
    why = refusal(program, *PROMPT, f"--variant={FAR}", code=1)
    assert f"variant {FAR}: this CPU lacks " in why and "avx512fp16" in why, why
    why = refusal(program, *PROMPT, "--variant=x86-64-v1", code=2)
    assert f"is not one of x86-64-v2, x86-64-v3, {FAR}" in why, why
    why = refusal(program, *PROMPT, variant="znver9", code=1)
    assert 'variant "znver9" is not in this program' in why, why


def check_none_runs(criac: Path, model: Path, folder: Path) -> None:
    program = folder / "program"
    run(criac, model, f"--cpu={FAR},sapphirerapids+avx512vp2intersect", "-o", program)
    why = refusal(program, *PROMPT, code=1)  # no CPU has all of it: Zen 5 lacks the first, Sapphire Rapids the second
    assert re.search(f"compiled for {FAR}, sapphirerapids.*this CPU lacks .*(amx-tile|avx512vp2intersect).*"
                     "; recompile with criac --cpu=native$", why), why


def check_kinds(criac: Path, model: Path, folder: Path) -> None:
    """Every kind of output holds all variants, each in code of its own, and each is verified."""
    verified = lambda done: int(re.search(r"(\d+) runs", done.stderr)[1])
    one = verified(run(criac, model, "--cpu=x86-64-v2", "--verify", "-o", folder / "one"))
    for kind in ("shared", "obj", "llvm", "asm"):
        out = folder / f"out.{kind}"
        done = run(criac, model, "--cpu=x86-64-v2,x86-64-v3", f"--emit={kind}", "--verify", "-o", out)
        assert verified(done) == 2 * one, f"{kind}: {done.stderr}"
    text = (folder / "out.asm").read_text()
    for name, register in (("decode.x86_64_v2", "%xmm"), ("decode.x86_64_v3", "%ymm")):
        assert f"\n{name}:" in text, name
        assert register in text, register
    run(criac, model, "--cpu=x86-64-v3,x86-64-v4,znver4,sapphirerapids", "--emit=asm", "-o", folder / "far.s")
    assert "%zmm" in (folder / "far.s").read_text()


def check_units(criac: Path, model: Path, folder: Path) -> None:
    """--products=fast multiplies bf16 with the instruction for it, where the CPU has one; exact does not."""
    for target, cpu, instruction in (("", "znver4", "vdpbf16ps"), ("aarch64-linux-gnu", "neoverse-v1", "bfdot"),
                                     ("", "x86-64-v3", None)):
        for products in ("exact", "fast"):
            run(criac, model, f"--target={target or 'native'}", f"--cpu={cpu}", f"--products={products}",
                "--emit=asm", "-o", folder / "code.s")
            found = set(re.findall(r"\b(?:vdpbf16ps|bfdot)\b", (folder / "code.s").read_text()))
            assert found == ({instruction} if instruction and products == "fast" else set()), (cpu, products, found)


def functions(assembly: str) -> dict[str, str]:
    """The code of each function."""
    parts = re.split(r'^"?([A-Za-z][\w.]*)"?:$', assembly, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def check_tiles(criac: Path, model: Path, folder: Path) -> None:
    """--products=fast multiplies bf16 in tiles where there may be many tokens; a schedule may ask for another unit."""
    def compiled(*flags: str) -> str:
        return run(criac, model, "--cpu=sapphirerapids", "--products=fast", *flags).stdout

    chosen = compiled("--emit=schedule")
    kernels = re.findall(r'"([\w.]+)" = .*unit = amx_bf16, block = \[32, 32\]', chosen)
    assert {kernel.split(".")[0] for kernel in kernels} == {"prefill"}, chosen
    code = {name: text for name, text in functions(compiled("--emit=asm")).items() if "%tmm" in text}
    assert set(code) == set(kernels), (list(code), kernels)
    for name, text in code.items():
        found = re.findall(r"\t(tilezero|tileloadd|tdpbf16ps|tilestored|ldtilecfg|tilerelease|retq)\b", text)
        assert found[0] == "ldtilecfg" and found[-2:] == ["tilerelease", "retq"], (name, found)
        # Sums start as zeros and are stored once: no register of tiles is ever saved.
        assert found.count("tilezero") == found.count("tilestored") == found.count("tdpbf16ps") > 0, (name, found)
    (folder / "dots").write_text(chosen.replace("amx_bf16, block = [32,", "dot_bf16, block = [8,"))
    text = compiled(f"--schedule={folder / 'dots'}", "--emit=asm")
    assert "%tmm" not in text and "vdpbf16ps" in functions(text)[kernels[0]], kernels
    assert "%tmm" not in run(criac, model, "--cpu=sapphirerapids", "--emit=asm").stdout


def check_integers(criac: Path, model: Path, folder: Path) -> None:
    """--products=fast multiplies weights in blocks as integers, where the CPU has an instruction for it."""
    instructions = {"vpdpbusd", "vpmaddubsw", "sdot"}
    for target, cpu, instruction in (("", "alderlake", "vpdpbusd"), ("", "cascadelake", "vpdpbusd"),
                                     ("", "x86-64-v3", "vpmaddubsw"), ("aarch64-linux-gnu", "cortex-a76", "sdot"),
                                     ("", "x86-64-v2", None), ("aarch64-linux-gnu", "cortex-a53", None)):
        for products in ("exact", "fast"):
            run(criac, model, f"--target={target or 'native'}", f"--cpu={cpu}", f"--products={products}",
                "--random-weights=1", "--dtype=q4_0", "--emit=asm", "-o", folder / "code.s")
            found = instructions & set(re.findall(r"\w+", (folder / "code.s").read_text()))
            assert found == ({instruction} if instruction and products == "fast" else set()), (cpu, products, found)


def check_lists(criac: Path, model: Path, folder: Path) -> None:
    for cpus, why in {
        "x86-64-v2,x86-64-v3,x86-64-v2": '"x86-64-v2,x86-64-v3,x86-64-v2" names x86-64-v2 twice',
        "x86-64-v3,cortex-a76": '"cortex-a76" is not a CPU of x86_64 known to LLVM',
        "x86-64-v3,,native": '"x86-64-v3,,native" has an empty name',
        "x86-64-v3,native+nosuch": '"nosuch" is not a feature of x86_64 known to LLVM',
        "x86-64-v3+": "x86-64-v3+: a feature is missing after +",
        "pentium": '"pentium" is not a 64-bit CPU',
    }.items():
        found = refusal(criac, model, f"--cpu={cpus}", "-o", folder / "none", code=1)
        assert found.startswith("criac: error: --cpu: ") and found.endswith(why), found
    for shows in ("--emit=mlir", "--stop-after=fuse", f"--dump-ir={folder}/ir", "--remarks"):
        found = refusal(criac, model, "--cpu=x86-64-v2,native", shows, "-o", folder / "none", code=2)
        assert "names several" in found, found
    assert not os.listdir(folder), os.listdir(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--tiny", type=Path, required=True)
    parser.add_argument("--bf16", type=Path, required=True, help="with weights in bf16")
    args = parser.parse_args()
    if platform.machine() != "x86_64" or "avx2" not in Path("/proc/cpuinfo").read_text():
        print("skipped: this is no x86-64 machine with AVX2")
        sys.exit(SKIPPED)
    for check, model in ((check_program, args.stories), (check_none_runs, args.tiny),
                         (check_kinds, args.tiny), (check_units, args.bf16), (check_tiles, args.bf16),
                         (check_integers, args.stories), (check_lists, args.tiny)):
        with tempfile.TemporaryDirectory() as folder:
            check(args.criac, model, Path(folder))


main()
