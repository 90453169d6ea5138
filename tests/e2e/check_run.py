"""cria-run: ops, kernels and later phases on .npy files against formulas of this file, and its errors."""

import argparse
import math
import random
import struct
import subprocess
import tempfile
from pathlib import Path

import npy
from seed import draw_seed

NORM = """func.func @norm(%x: tensor<3x8xf32>, %g: tensor<8x{storage}>, %w: tensor<5x8xf32>) -> tensor<3x5xf32> {{
  %e = tensor.empty() : tensor<3x8xf32>
  %n = cria.rms_norm %x, %g into %e {{eps = 1.0e-3 : f64}}
    : tensor<3x8xf32>, tensor<8x{storage}> into tensor<3x8xf32>
  %o = tensor.empty() : tensor<3x5xf32>
  %y = cria.linear %n, %w into %o : tensor<3x8xf32>, tensor<5x8xf32> into tensor<3x5xf32>
  return %y : tensor<3x5xf32>
}}
"""
APPEND = """func.func @append(%r: tensor<2x1x4xf32>, %p: index, %c: tensor<1x6x4xbf16>) -> tensor<1x6x4xbf16> {
  %0 = cria.kv_append %r at %p into %c : tensor<2x1x4xf32> into tensor<1x6x4xbf16>
  return %0 : tensor<1x6x4xbf16>
}
func.func @other(%m: memref<4xf32>) {
  return
}
"""
EMBED = """cria.param @table "t.{}.weight" x 2 repeated : tensor<4x2xf32>
func.func @embed(%w: !cria.weights, %ids: tensor<3xi32>, %layer: index) -> tensor<3x2xf32> {
  %e = tensor.empty() : tensor<3x2xf32>
  %t = cria.weight %w, @table[%layer] : tensor<4x2xf32>
  %0 = cria.embed %ids, %t into %e : tensor<3xi32>, tensor<4x2xf32> into tensor<3x2xf32>
  return %0 : tensor<3x2xf32>
}
"""


class Tool:
    def __init__(self, path: Path, folder: Path):
        self.path, self.folder = path, folder

    def __call__(self, *flags, code: int = 0) -> str:
        """Standard output, or the error if `code` is not 0."""
        done = subprocess.run([self.path, *map(str, flags)], capture_output=True, text=True, cwd=self.folder)
        assert done.returncode == code, f"{flags}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stderr if code else done.stdout

    def refuse(self, message: str, *flags, code: int = 1) -> None:
        error = self(*flags, code=code)
        assert error.startswith("cria-run: error: ") and error.count("\n") == 1 and message in error, error


def bf16(value: float) -> int:
    """The bits of the nearest bfloat16, ties to even."""
    (bits,) = struct.unpack("<I", struct.pack("<f", value))
    return (bits + 0x7FFF + (bits >> 16 & 1)) >> 16


def rms_norm_linear(x: list, gain: list, weight: list) -> list:
    out = []
    for row in (x[i:i + 8] for i in range(0, 24, 8)):
        scale = 1 / math.sqrt(sum(v * v for v in row) / 8 + 1e-3)
        out += [sum(v * scale * g * w for v, g, w in zip(row, gain, weight[j:j + 8])) for j in range(0, 40, 8)]
    return out


def check_norm(run: Tool, opt: Path, folder: Path, rng: random.Random) -> None:
    x, gain, weight = ([rng.uniform(-2, 2) for _ in range(n)] for n in (24, 8, 40))
    npy.write_array(folder / "x.npy", (3, 8), "<f4", x)
    npy.write_array(folder / "g.npy", (8,), "<f2", gain)
    npy.write_array(folder / "w.npy", (5, 8), "<f8", weight)
    x, gain = npy.read_array(folder / "x.npy")[2], npy.read_array(folder / "g.npy")[2]
    expected = rms_norm_linear(x, gain, weight)
    (folder / "norm.mlir").write_text(NORM.format(storage="f16"))
    for phase in ("fuse", "loops"):
        before = "norm.mlir" if phase == "fuse" else "fuse.mlir"
        subprocess.run([opt, before, f"--cria-phase-{phase}", "-o", f"{phase}.mlir"], check=True, cwd=folder)
    arguments = ["--arg", "x.npy", "--arg", "g.npy", "--arg=w.npy", "--out", "y.npy"]
    ways = (["norm.mlir", "--compare"], ["norm.mlir", "--reference"], ["norm.mlir", "--unchecked", "--fuse=none"],
            ["norm.mlir", "--no-fuse=norm-into-linear"], ["fuse.mlir", "--after=fuse", "--compare"],
            ["fuse.mlir", "--after=fuse", "--reference"], ["loops.mlir", "--after=loops", "--unchecked"])
    for way in ways:
        out = run(*way, *arguments)
        assert out.startswith("result 0: 3x5xf32, from "), out
        shape, dtype, found = npy.read_array(folder / "y.npy")
        assert shape == (3, 5) and dtype == ("<f8" if "--reference" in way else "<f4"), (shape, dtype)
        worst = max(abs(a - b) for a, b in zip(found, expected)) / max(map(abs, expected))
        assert worst < 1e-5, f"{way}: {worst}"
    error = run("norm.mlir", *arguments, "--compare", "--tolerance=0", code=1)
    assert "differs from the f64 reference" in error, error


def check_append(run: Tool, folder: Path, rng: random.Random) -> None:
    rows = [rng.uniform(-2, 2) for _ in range(8)]
    npy.write_array(folder / "r.npy", (2, 1, 4), "<f4", rows)
    npy.write_array(folder / "c.npy", (1, 6, 4), "<u2", range(24))
    npy.write_array(folder / "p.npy", (), "<i8", [3])
    (folder / "append.mlir").write_text(APPEND)
    rows = npy.read_array(folder / "r.npy")[2]
    expected = [*range(12), *map(bf16, rows), *range(20, 24)]
    for position in ("3", "p.npy"):
        run("append.mlir", "--entry=append", "--arg", "r.npy", "--arg", position, "--arg", "c.npy", "--out", "k.npy")
        shape, dtype, found = npy.read_array(folder / "k.npy")
        assert (shape, dtype, found) == ((1, 6, 4), "<u2", expected), found
    for position in (5, -1, 9223372036854775807):
        run.refuse(f"cria.kv_append: position {position} with 2 tokens in a cache of 6 rows", "append.mlir",
                   "--entry=append", "--arg", "r.npy", f"--arg={position}", "--arg", "c.npy")
    run.refuse("append.mlir has 2 functions: append, other", "append.mlir", code=2)
    run.refuse("argument 0 is memref<4xf32>", "append.mlir", "--entry=other", "--arg=c.npy")


def check_params(run: Tool, folder: Path) -> None:
    (folder / "embed.mlir").write_text(EMBED)
    npy.write_array(folder / "t.npy", (2, 4, 2), "<f4", range(16))
    npy.write_array(folder / "ids.npy", (3,), "<i8", [3, 0, 1])
    npy.write_array(folder / "far.npy", (3,), "<i8", [3, 0, 4])
    npy.write_array(folder / "huge.npy", (3,), "<i8", [3, 0, 1 << 32])
    for name in ("table", "t.{}.weight"):
        run("embed.mlir", "--param", f"{name}=t.npy", "--arg=ids.npy", "--arg=1", "--out=e.npy")
        assert npy.read_array(folder / "e.npy")[2] == [14, 15, 8, 9, 10, 11], name
    run("embed.mlir", "--random-weights=5", "--arg=ids.npy", "--arg=1", "--compare")
    run.refuse("parameter t.{}.weight is not given", "embed.mlir", "--arg=ids.npy", "--arg=1", code=2)
    run.refuse("nosuch is not a parameter", "embed.mlir", "--random-weights=1", "--param=nosuch=t.npy",
               "--arg=ids.npy", "--arg=1", code=2)
    run.refuse("shape is 3, but parameter t.{}.weight is 2x4x2", "embed.mlir", "--param=table=ids.npy",
               "--arg=ids.npy", "--arg=1")
    given = ["embed.mlir", "--param=table=t.npy"]
    run.refuse("cria.embed: token 4 of a vocabulary of 4", *given, "--arg=far.npy", "--arg=1")
    run.refuse("huge.npy: element 2 does not fit in i32", *given, "--arg=huge.npy", "--arg=1")
    run.refuse("cria.weight: tensor 2 of the 2 of @table", *given, "--arg=ids.npy", "--arg=2")


def check_errors(run: Tool, folder: Path) -> None:
    arguments = ["--arg=x.npy", "--arg=g.npy", "--arg=w.npy"]
    (folder / "bad.mlir").write_text(NORM.format(storage="f32").replace("eps = 1.0e-3", "eps = -1.0"))
    run.refuse("bad.mlir:3:8: 'cria.rms_norm' op rms_norm_c3", "bad.mlir", *arguments)
    (folder / "text.mlir").write_text("func.func @f(")
    run.refuse("text.mlir:1:13: expected", "text.mlir")
    (folder / "deep.mlir").write_text("(" * 100000)
    run.refuse("deep.mlir: is nested more than 256 deep", "deep.mlir")
    run.refuse("missing.mlir: No such file or directory", "missing.mlir")
    (folder / "math.mlir").write_text("func.func @f(%x: tensor<3x8xf32>) -> tensor<3x8xf32> {\n"
                                      "  %0 = math.absf %x : tensor<3x8xf32>\n  return %0 : tensor<3x8xf32>\n}")
    run.refuse("the reference has no meaning for math.absf", "math.mlir", "--arg=x.npy")
    (folder / "cut.npy").write_bytes((folder / "x.npy").read_bytes()[:-1])
    run.refuse("cut.npy: has 95 bytes of elements, but its shape and dtype need 96", "math.mlir", "--arg=cut.npy")
    run.refuse("g.npy: shape is 8, but argument 0 of @f is 3x8", "math.mlir", "--arg=g.npy")
    npy.write_array(folder / "i.npy", (3, 8), "<i4", range(24))
    run.refuse("i.npy: dtype is i4, but argument 0 of @f is f32", "math.mlir", "--arg=i.npy")
    run.refuse("--arg: given 0 times, but @f takes 1: tensor<3x8xf32>", "math.mlir", code=2)
    run.refuse("x.npy: would overwrite x.npy, which is an input", "norm.mlir", *arguments, "--out=x.npy", code=2)
    run.refuse("--out: given 2 times, but @norm has 1 results", "norm.mlir", *arguments, "--out=a", "--out=b", code=2)
    run.refuse("--after: cpu is not one of model, fuse, schedule, loops", "norm.mlir", *arguments, "--after=cpu", code=2)
    run.refuse("exclude each other", "norm.mlir", "--reference", "--compare", code=2)
    run.refuse("nosuch", "norm.mlir", *arguments, "--fuse=nosuch")
    run.refuse("--bogus: unknown flag", "norm.mlir", "--bogus", code=2)
    run.refuse("no file is given", code=2)
    assert not (folder / "a").exists() and not list(folder.glob("*.tmp")), list(folder.iterdir())
    assert "examples:" in run("--help") and run("--version").startswith("cria-run ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", required=True)
    parser.add_argument("--opt", required=True)
    parser.add_argument("--seed", type=int)
    args = parser.parse_args()
    rng = random.Random(draw_seed(args.seed))
    with tempfile.TemporaryDirectory() as folder:
        run = Tool(args.run, Path(folder))
        check_norm(run, args.opt, Path(folder), rng)
        check_append(run, Path(folder), rng)
        check_params(run, Path(folder))
        check_errors(run, Path(folder))


main()
