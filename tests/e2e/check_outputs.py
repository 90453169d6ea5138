"""Outputs: no input is overwritten, under whatever name; permissions, default names, and the depfile of Make and Ninja."""

import argparse
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

SPEC = """#include <cria/spec.hpp>
#include "sizes.hpp"
using namespace cria::spec;
CRIA_MODEL(tiny, embed{.vocab = VOCAB, .width = 16},
           repeat(1, residual(rms_norm{}, attention{.heads = 4, .kv_heads = 2, .head_dim = 4})),
           rms_norm{}, unembed{.vocab = VOCAB});
"""


def run(*command, code: int = 0, says: tuple = (), **options) -> subprocess.CompletedProcess:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=120, **options)
    assert done.returncode == code, f"{command}: exit code {done.returncode}, not {code}\n{done.stderr}"
    if code:
        assert done.stderr.count("\n") == 1, done.stderr
    assert all(str(word) in done.stderr for word in says), f"{command}: {says} not in {done.stderr}"
    return done


def contents(folder: Path) -> dict:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Check:
    def __init__(self, criac: Path, model: Path, folder: Path):
        self.criac, self.folder = criac, folder
        self.model = folder / "model"
        shutil.copytree(model, self.model)
        (folder / "sizes.hpp").write_text("#define VOCAB 32\n")
        (folder / "tiny.cpp").write_text(SPEC)
        self.spec = folder / "tiny.cpp"

    def refused(self, *arguments, says: tuple) -> None:
        before = contents(self.folder)
        run(self.criac, *arguments, code=2, says=says, cwd=self.folder)
        after = contents(self.folder)
        assert before == after, f"{arguments}: changed {set(after) ^ set(before)}"

    def inputs(self) -> None:
        """Each input, as each output, by each name."""
        weights = self.model / "model.safetensors"
        os.symlink(weights, self.folder / "symlink")
        os.link(weights, self.folder / "hardlink")
        os.symlink(self.model, self.folder / "other")
        for name in ("model/model.safetensors", "model/config.json", "symlink", "hardlink", "other/config.json",
                     "model/../model/./config.json"):
            self.refused("model", "-o", name, says=(name, "input"))
        for flag in ("--remarks-file", "--depfile"):
            self.refused("model", "-o", "out", f"{flag}=hardlink", says=("hardlink", "model.safetensors"))
        for kind in ("spec", "mlir", "llvm", "asm", "obj", "shared"):
            self.refused("model", f"--emit={kind}", "-o", "symlink", says=("symlink", "model.safetensors"))
        for name in ("tiny.cpp", "sizes.hpp"):
            self.refused("tiny.cpp", "--random-weights=1", "-o", name, says=(name, "input"))
        dump = self.folder / "ir"
        dump.mkdir()
        os.link(weights, dump / "00-model-emit.mlir")
        (dump / "01-model-cse.mlir").write_text("an earlier dump\n")
        self.refused("model", "-o", "out", "--dump-ir=ir", says=("00-model-emit.mlir", "model.safetensors"))
        for tool, flag in (("cria-study", "--csv"), ("cria-study", "--json"), ("cria-bench", "--json")):
            run(self.criac.with_name(tool), "model", f"{flag}=hardlink", code=2, says=("hardlink", "model.safetensors"),
                cwd=self.folder)
        run(self.criac, "model", "-o", "program", cwd=self.folder)
        for name, words in (("hardlink", "model.safetensors"), ("program", "exe")):
            run(self.folder / "program", "--token-ids=1", "--max-tokens=0", f"--dump-logits={name}", code=2,
                says=(name, words), cwd=self.folder)
        runtime = self.criac.parent.parent / "lib/libcria_rt.a"
        os.symlink(runtime, self.folder / "runtime")
        self.refused("model", "-o", "runtime", says=("runtime", "libcria_rt.a"))

    def collisions(self) -> None:
        for flags in (("-o", "x", "--depfile=./x"), ("-o", "x", "--remarks-file=x"),
                      ("-o", "x", "--depfile=y", "--remarks-file=z/../y"), ("-o", "-", "--emit=mlir", "--remarks-file=-"),
                      ("--emit=mlir", "--dump-ir=d", "-o", "d/00-model-emit.mlir")):
            (self.folder / "z").mkdir(exist_ok=True)
            (self.folder / "d").mkdir(exist_ok=True)
            self.refused("model", *flags, says=("cannot both write",))
        self.refused("model", "-o", "-", says=("-o",))
        self.refused("model", "--emit=mlir", "--depfile=x.d", says=("--depfile-target",))

    def default_name(self) -> None:
        """`cd models && criac stories` does not collide with the folder."""
        done = run(self.criac, "model", cwd=self.folder)
        assert "model.out" in done.stderr and done.stderr.count("\n") == 1, done.stderr
        run(self.folder / "model.out", "--token-ids", "1", "--print-token-ids", "--max-tokens", "2")
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        assert not run(self.criac, self.model, cwd=elsewhere).stderr
        assert os.listdir(elsewhere) == ["model"]
        (elsewhere / "p.o").mkdir()  # not in the way of an object that is temporary
        run(self.criac, self.model, "-o", elsewhere / "p")

    def umask(self) -> None:
        for mask, program, text in ((0o077, 0o700, 0o600), (0o022, 0o755, 0o644), (0o027, 0o750, 0o640)):
            out, depfile = self.folder / "masked", self.folder / "masked.d"
            run(self.criac, self.model, "--embed-weights", "-o", out, f"--depfile={depfile}", umask=mask)
            assert out.stat().st_mode & 0o777 == program and depfile.stat().st_mode & 0o777 == text, oct(mask)

    def builds(self, generator: str) -> None:
        """The depfile works in a build that is written by hand, in a folder whose name must be escaped."""
        top = self.folder / f"a b$c#d {generator}"
        model = top / "m"
        shutil.copytree(self.model, model)
        (top / "sizes.hpp").write_text("#define VOCAB 32\n")
        (top / "tiny.cpp").write_text(SPEC)
        (top / "compile.sh").write_text(
            '#!/bin/sh\nset -e\necho "$1" >> log\n"$CRIAC" "$PWD/$1" $2 -o "$3" --depfile="$3.d" --depfile-target="$3"\n')
        (top / "build.ninja").write_text(
            "rule c\n  command = sh compile.sh $in_ $flags $out\n  depfile = $out.d\n"
            "build folder: c\n  in_ = m\n  flags = --max-seq=64\n"
            "build spec: c\n  in_ = tiny.cpp\n  flags = --random-weights=1\n")
        (top / "Makefile").write_text(
            "all: folder spec\nfolder:\n\tsh compile.sh m --max-seq=64 folder\n"
            "spec:\n\tsh compile.sh tiny.cpp --random-weights=1 spec\n-include folder.d spec.d\n")
        log = top / "log"

        def build() -> list[str]:
            log.write_text("")
            run(*{"ninja": ["ninja"], "make": ["make", "-s"]}[generator], cwd=top,
                env=os.environ | {"CRIAC": str(self.criac)})
            return sorted(log.read_text().split())

        assert build() == ["m", "tiny.cpp"]
        assert build() == []
        for path, action, rebuilt in (
                (model / "config.json", Path.touch, "m"),
                (model / "generation_config.json", lambda path: path.write_text("{}"), "m"),
                (model / "generation_config.json", Path.unlink, "m"),
                (top / "sizes.hpp", Path.touch, "tiny.cpp")):
            action(path)
            got = build()
            assert got == [rebuilt], f"{generator}: {path.name}: {got}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    for part in (Check.inputs, Check.collisions, Check.default_name, Check.umask,
                 lambda check: check.builds("ninja"), lambda check: check.builds("make")):
        with tempfile.TemporaryDirectory() as folder:
            part(Check(args.criac.resolve(), args.model, Path(folder)))


main()
