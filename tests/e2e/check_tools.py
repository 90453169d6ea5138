"""What a user expects of the tools themselves: help, versions, exit codes, files, other machines."""

import argparse
import os
import platform
import resource
import struct
import tempfile
from pathlib import Path

from running import run

LLAMA_8B = """{"architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": 128256,
"hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": %d, "num_attention_heads": 32,
"num_key_value_heads": 8, "max_position_embeddings": 131072, "rms_norm_eps": 1e-05,
"rope_theta": 500000.0, "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0,
"high_freq_factor": 4.0, "original_max_position_embeddings": 8192}, "torch_dtype": "bfloat16"}"""
ELF_MACHINE = {"x86_64-linux-gnu": 62, "aarch64-linux-gnu": 183, "riscv64-linux-gnu": 243}


def check_help(tools: list[Path]) -> None:
    for tool in tools:
        text = run(tool, "--help").stdout.splitlines()
        assert "example" in "\n".join(text).lower(), f"{tool}: no example"
        assert len(text) <= 48 and max(map(len, text)) <= 100, f"{tool}: help does not fit a screen"
        assert run(tool, "--version").stdout.strip().endswith("0.1.0"), tool


def check_kinds(criac: Path, model: Path, folder: Path) -> None:
    """Every kind of output, and none of them says anything alarming."""
    for kind, begin in {"mlir": (b"module @", b"#map"), "llvm": b"; ModuleID", "asm": b"\t", "obj": b"\x7fELF",
                        "shared": b"\x7fELF", "exe": b"\x7fELF"}.items():
        out = folder / f"out.{kind}"
        done = run(criac, model, f"--emit={kind}", "-o", out)
        assert not done.stdout and not done.stderr, f"{kind}: {done.stdout}{done.stderr}"
        assert out.read_bytes().startswith(begin), kind
    assert sorted(os.listdir(folder)) == sorted(f"out.{k}" for k in
                                                ("mlir", "llvm", "asm", "obj", "shared", "exe"))
    assert os.access(folder / "out.exe", os.X_OK)
    for early in ("--emit=mlir", "--emit=spec", "--stop-after=fuse"):
        done = run(criac, model, "--verify", early, code=2)
        assert "--verify: there is no code to run" in done.stderr and not done.stdout, done


def check_phases(criac: Path, opt: Path, model: Path, readme: Path, folder: Path) -> None:
    """--stop-after of each phase is what cria-opt makes of the one before; a dump has the files that the README shows."""
    names = [line.split()[0] for line in run(criac, "--list-phases").stdout.splitlines()]
    assert names[:2] == ["model", "fuse"], names
    before = None
    for name in names:
        after = folder / f"{name}.mlir"
        run(criac, model, f"--stop-after={name}", "-o", after)
        if before:
            again = run(opt, before, f"--cria-phase-{name}", "--mlir-print-local-scope").stdout
            assert again.strip() == after.read_text().strip(), name
        before = after
    dump = folder / "ir"
    run(criac, model, f"--dump-ir={dump}", "-o", folder / "program")
    files = sorted(os.listdir(dump))
    shown = readme.read_text().split("--dump-ir=ir && ls ir\n")[1].split("...")[0].split()
    assert len(shown) > 3 and files[:len(shown)] == shown, files
    assert files[0] == "00-model-emit.mlir" and files[-1] == "index" and files[-2].endswith("-code-asm.s"), files
    index = (dump / "index").read_text().splitlines()
    assert [line.split()[0] for line in index if line.split()[0] != "-"] == [f[:2] for f in files[:-1]], index
    assert any(line.startswith("-") and "unchanged" in line for line in index), index
    texts = [(dump / f).read_text() for f in files]
    assert all(a != b for a, b in zip(texts, texts[1:])), "a file that changes nothing"
    for name in names[1:]:
        assert any(f"-{name}-" in f for f in files), name


def check_other_machines(criac: Path, model: Path, folder: Path) -> None:
    for triple, machine in ELF_MACHINE.items():
        out = folder / f"{triple}.o"
        run(criac, model, f"--target={triple}", "--emit=obj", "-o", out)
        assert struct.unpack("<H", out.read_bytes()[18:20])[0] == machine, triple
    for flags, why in {
        ("--target=aarch64-apple-darwin",): "--target: there is a runtime for Linux with glibc alone",
        ("--target=aarch64-linux-gnu", f"--runtime-dir={folder}"): "libcria_rt.a: no such file",
        ("--target=powerpc64-linux-gnu", "--emit=obj"): "use x86-64, AArch64, RISC-V, wasm32, nvidia or amd",
        ("--target=riscv64-linux-gnu", "--cpu=generic-rv32"): "is not a 64-bit CPU",
    }.items():
        done = run(criac, model, *flags, "-o", folder / "foreign", code=1)
        assert done.stderr.count("\n") == 1 and why in done.stderr, done.stderr
        assert not (folder / "foreign").exists(), flags
    if platform.machine() == "x86_64":
        run(criac, model, "--cpu=diamondrapids", "-o", folder / "future")
        done = run(folder / "future", "--token-ids", "1", code=1)
        assert done.stderr.count("\n") == 1 and "diamondrapids" in done.stderr, done.stderr


def check_large(criac: Path, folder: Path) -> None:
    """Memory does not grow with the weights, nor the IR with the layers."""
    lines = {}
    for layers in (16, 80):
        (folder / "config.json").write_text(LLAMA_8B % layers)
        for dtype in ("bf16", "f32"):
            run(criac, folder, "--random-weights=1", f"--dtype={dtype}", "-o", folder / "large")
        lines[layers] = run(criac, folder, "--random-weights=1", "--emit=mlir").stdout.count("\n")
    assert lines[16] == lines[80], lines
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"peak memory {peak / 1024:.0f} MB")
    assert peak < 1 << 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--readme", type=Path, required=True)
    args = parser.parse_args()
    opt = args.criac.with_name("cria-opt")
    for check in (
        lambda folder: check_kinds(args.criac, args.model, folder),
        lambda folder: check_help([args.criac, opt, *map(args.criac.with_name, (
            "cria-bench", "cria-lab", "cria-run", "cria-study", "cria-lsp-server"))]),
        lambda folder: check_phases(args.criac, opt, args.model, args.readme, folder),
        lambda folder: check_other_machines(args.criac, args.model, folder),
        lambda folder: check_large(args.criac, folder),
    ):
        with tempfile.TemporaryDirectory() as folder:
            check(Path(folder))


main()
