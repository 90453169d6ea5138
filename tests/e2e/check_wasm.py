"""Models compiled to WebAssembly answer in Node as the goldens say, and bad uses are refused."""
import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from running import run

HERE = Path(__file__).resolve().parent

# Storages of weights and caches, odd sizes, and how far logits may be from the golden ones.
CASES = [("tiny/f32", [], 1e-5), ("tiny/odd", [], 1e-5), ("tiny/llama3", ["--fuse=none"], 1e-5),
         ("tiny/f16", [], 1e-5), ("tiny/f16", ["--kv-dtype=f16"], 1e-2), ("tiny/bf16", ["--kv-dtype=bf16"], 1e-2)]


def check_model(criac: Path, node: str, model: Path, golden: Path, flags: list, bound: float, folder: Path) -> None:
    code = folder / "model.wasm"
    run(criac, model, "--target=wasm32", "--emit=wasm", *flags, "-o", code)
    facts = json.loads((folder / "model.json").read_text())
    assert facts["params"] and facts["layers"] > 0, facts
    print(model.name, *flags, run(node, HERE / "wasm.mjs", code, model / "model.safetensors", golden, bound).stdout.strip())


FUNCTIONS = """
func.func @norm(%x: tensor<1x4xf32>, %gain: tensor<4xf32>) -> tensor<1x4xf32> {
  %e = tensor.empty() : tensor<1x4xf32>
  %r = cria.rms_norm %x, %gain into %e {eps = 0.5 : f64} : tensor<1x4xf32>, tensor<4xf32> into tensor<1x4xf32>
  return %r : tensor<1x4xf32>
}
func.func @append(%rows: tensor<2x1x4xf32>, %position: index, %cache: tensor<1x6x4xf32>) -> tensor<1x6x4xf32> {
  %r = cria.kv_append %rows at %position into %cache : tensor<2x1x4xf32> into tensor<1x6x4xf32>
  return %r : tensor<1x6x4xf32>
}
func.func @two(%x: tensor<1x4xf32>, %y: tensor<1x4xf32>) -> (tensor<1x4xf32>, tensor<1x4xf32>) {
  %e = tensor.empty() : tensor<1x4xf32>
  %c = linalg.copy ins(%y : tensor<1x4xf32>) outs(%e : tensor<1x4xf32>) -> tensor<1x4xf32>
  %r = cria.residual %x into %c : tensor<1x4xf32> into tensor<1x4xf32>
  return %r, %y : tensor<1x4xf32>, tensor<1x4xf32>
}
"""


def check_functions(cria_run: Path, node: str, folder: Path) -> None:
    """All functions of a text, each exported: results in an argument, results of their own, several."""
    (folder / "functions.mlir").write_text(FUNCTIONS)
    code = folder / "functions.wasm"
    run(cria_run, folder / "functions.mlir", f"--wasm={code}")
    print(run(node, HERE / "wasm_functions.mjs", code).stdout.strip())
    for text, flags, code, says in [("", [], 1, "there is no function"), (FUNCTIONS, ["--arg=1"], 2, "goes with no --entry"),
                                    ("func.func @f(%x: tensor<?xf32>) { return }", [], 1, "@f: an argument is tensor<?xf32>")]:
        (folder / "bad.mlir").write_text(text)
        error = run(cria_run, folder / "bad.mlir", f"--wasm={folder}/bad.wasm", *flags, code=code).stderr
        assert error.count("\n") == 1 and says in error, error
    assert not (folder / "bad.wasm").exists()


def check_refusals(criac: Path, model: Path, folder: Path) -> None:
    out = folder / "refused.wasm"
    wasm = ["--target=wasm32", "--emit=wasm", "-o", out]
    for flags, code, says in [(["--emit=wasm", "-o", out], 2, "--target=wasm32"),
                              (["--target=wasm32", "-o", out], 2, "--emit=wasm"),
                              (["--target=wasm64", "--emit=wasm", "-o", out], 1, "use wasm32"),
                              ([*wasm, "--embed-weights"], 2, "--embed-weights"),
                              ([*wasm, "--cpu=generic,mvp"], 2, "one CPU"),
                              ([*wasm, "--verify"], 1, "cannot run here"),
                              ([*wasm[:-1], folder / "refused.json"], 2, "cannot both write")]:
        error = run(criac, model, *flags, code=code).stderr
        assert error.count("\n") == 1 and says in error, error
    assert not list(folder.glob("refused*")), "something was written"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--goldens", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check_refusals(args.criac, args.goldens / "tiny/f32", folder)
        node = shutil.which("node") or shutil.which("nodejs")
        if not node:
            print("skipped: nodejs is missing")
            sys.exit(77)
        for model, flags, bound in CASES:
            golden = args.goldens / model / "golden.json"
            check_model(args.criac, node, args.goldens / model, golden, flags, bound, folder)
        check_model(args.criac, node, args.stories, args.goldens / "stories/greedy_q8_0.json", ["--kv-dtype=q8_0"],
                    4e-3, folder)
        check_functions(args.criac.with_name("cria-run"), node, folder)
        check_model(args.criac, node, args.stories, args.goldens / "stories/greedy.json", [], 1e-5, folder)


if __name__ == "__main__":
    main()
