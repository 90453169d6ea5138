"""--report and inspect: the numbers are those of cria-study, the code is that of a compilation without, and no name
or file of the user is harmed."""

import argparse
import base64
import json
import os
import re
import shutil
import tempfile
import zlib
from pathlib import Path

from running import run

HOSTILE = '</script><img src=x onerror="alert(1)">&amp;<!--'


def amount(terms: list[int], context: int, tokens: int) -> int:
    fixed, per_token, per_row, per_pair, per_square = terms
    pairs = tokens * context + tokens * (tokens + 1) // 2
    return fixed + per_token * tokens + per_row * (context + tokens) + per_pair * pairs + per_square * tokens**2


def total(kernels: list[dict], entry: str, what: str, context: int, tokens: int) -> int:
    return sum(k["times"] * amount(k[what], context, tokens) for k in kernels if k["entry"] == entry)


def with_shared(report: dict) -> dict:
    """Sets hold numbers of the kernels and remarks that they share."""
    for fused in report["sets"]:
        for what in ("kernels", "remarks"):
            fused[what] = [report["shared"][what][number] for number in fused[what]]
    return report


def check_numbers(criac: Path, study: Path, model: Path, folder: Path) -> dict:
    """Bytes and operations of sets, at every point of a study, are those of the report."""
    two = "norm-into-linear,online-softmax"
    run(criac, model, "--emit=asm", f"--fuse={two}", f"--report={folder}/r.json", "-o", folder / "r.s")
    report = with_shared(json.loads((folder / "r.json").read_text()))
    shown = report["texts"][report["steps"][-1]["text"]]["content"]
    begin, written = ([line.encode()[:3000] for line in text.split("\n")] for text in (shown, (folder / "r.s").read_text()))
    assert begin == written, "other assembly than what was written"
    run(study, model, f"--fusions={two}", "--repeats=1", "--tokens=1", "--no-reference", "--context=0,3", "--prefill-chunk=128",
        f"--json={folder}/study.json", f"--report={folder}/study.html")
    found = json.loads((folder / "study.json").read_text())
    sets = {tuple(s["fuse"]): s for s in report["sets"]}
    assert len(found["sets"]) == 4 and len(sets) > 10, (len(found["sets"]), len(sets))
    for measured in found["sets"]:
        kernels = sets[tuple(measured["fusions"])]["kernels"]
        assert sum(k["times"] for k in kernels if k["entry"] == "decode") == measured["kernels"], measured["set"]
        for timing in measured["timings"]:
            for what in ("bytes", "flops"):
                expected = total(kernels, timing["entry"], what, timing["context"], timing["tokens"])
                if timing["entry"] == "prefill":
                    expected += total(kernels, "head", what, 0, 1)
                assert timing[what] == expected, (measured["set"], timing, expected)
    chosen = report["sets"][report["chosen"]]
    facts = ("name", "times", "bytes", "flops", "reads", "writes")
    assert [[k[f] for f in facts] for k in chosen["kernels"]] == [[k[f] for f in facts] for k in report["kernels"]]
    assert data_of(folder / "study.html")["study"] == found
    return report


def check_content(report: dict) -> None:
    """Steps in order, kernels with the lines of their code."""
    texts = [t["content"] for t in report["texts"]]
    phases = list(dict.fromkeys(step["phase"] for step in report["steps"]))
    assert phases == [p["name"] for p in report["phases"]] + ["code"], phases
    assert [s["pass"] for s in report["steps"][:2]] == ["spec", "emit"]
    assert [s["pass"] for s in report["steps"][-3:]] == ["llvm", "llvm-optimized", "asm"]
    assert all(s["changed"] == (s["text"] != before["text"])
               for before, s in zip(report["steps"][1:], report["steps"][2:]) if s["phase"] != "code")
    assert any(not s["changed"] for s in report["steps"]), "a pass that changes nothing is a step too"
    assert "decode.attend" in [k["name"] for k in report["kernels"]]
    assembly = texts[report["steps"][-1]["text"]].split("\n")
    for kernel in report["kernels"]:
        first, last = kernel["asm"]
        assert assembly[first].strip('"').startswith(kernel["name"]) and last > first + 3, kernel["name"]
        if loop := kernel.get("loop"):
            inside = assembly[loop["lines"][0]:loop["lines"][1] + 1]
            assert first < loop["lines"][0] and loop["lines"][1] <= last and ".L" in inside[-1], (kernel["name"], inside)
            assert loop["instructions"] == len(inside) and loop["cycles"] >= 0.9 * loop["at_least"] > 0, loop
        assert all(sum(f["bytes"][i] for f in kernel["reads"] + kernel["writes"]) == kernel["bytes"][i]
                   for i in range(5)), kernel["name"]
    if shutil.which("llvm-mca-22"):
        assert {k["name"] for k in report["kernels"] if "loop" in k} >= {"decode.o", "decode.down", "prefill.down"}
    assert report["target"]["facts"]["vector_bits"] >= 128
    assert [t["kind"] for t in report["texts"]].count("spec") == 1 and "CRIA_MODEL" in texts[0]


def data_of(page: Path) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="report">(.*?)</script>', page.read_text(),
                                re.DOTALL)[1])


def check_page(criac: Path, model: Path, folder: Path) -> None:
    """The code is the same with a page as without, and the page is whole and alone."""
    run(criac, model, "--emit=obj", "-o", folder / "without")
    run(criac, model, "--emit=obj", "-o", folder / "with", f"--report={folder}/page.html")
    assert (folder / "with").read_bytes() == (folder / "without").read_bytes(), "other code"
    page = (folder / "page.html").read_text()
    report = data_of(folder / "page.html")
    blocks = re.findall(r'<script type="application/octet-stream" id="text-(\d+)">(.*?)</script>', page)
    assert [int(number) for number, _ in blocks] == list(range(len(report["texts"])))
    for text, (_, packed) in zip(report["texts"], blocks):
        content = zlib.decompress(base64.b64decode(packed)).decode()
        assert content.count("\n") == text["lines"], text
        assert text["kind"] == "mlir" or len(content.encode()) == text["bytes"], text
    assert not re.search(r'(src|href)="http|@import|<link', page)
    size = (folder / "page.html").stat().st_size
    print(f"page: {size / 1e6:.2f} MB, {len(report['steps'])} steps")
    assert size < 7e6  # AVX-512 takes a third more code than AVX2


def check_all_sets(criac: Path, model: Path, folder: Path, fewer: dict) -> None:
    """Every subset ships if asked for, and those of a page without them are the same."""
    run(criac, model, "--stop-after=schedule", "-o", folder / "all.mlir", "--report-sets=all", f"--report={folder}/all.html")
    report = data_of(folder / "all.html")
    distinct = len(report["shared"]["kernels"])
    sets = with_shared(report)["sets"]
    names = [f["name"] for f in report["fusions"]]
    assert [s["on"] for s in sets] == list(range(2 ** len(names)))
    assert all(s["fuse"] == [n for i, n in enumerate(names) if s["on"] >> i & 1] for s in sets)
    assert report["chosen"] == len(sets) - 1, report["chosen"]
    for known in fewer["sets"]:
        found = sets[known["on"]]
        assert (found["kernels"], found["lines"], found["remarks"]) == (known["kernels"], known["lines"], known["remarks"]), known["fuse"]
    size = (folder / "all.html").stat().st_size
    print(f"all subsets: {size / 1e6:.2f} MB, {distinct} different kernels")
    assert size < 7e6  # AVX-512 takes a third more code than AVX2


def check_names(criac: Path, model: Path, folder: Path) -> None:
    """Markup in a name is text; criac names a model after its folder."""
    hostile = folder / HOSTILE.replace("/", "\u2215")
    shutil.copytree(model, hostile)
    run(criac, hostile, "--stop-after=fuse", "-o", folder / "h.mlir", f"--report={folder}/h.html")
    report = data_of(folder / "h.html")
    assert "<img" in report["model"]["source"] and "<img" in report["command"], report["model"]
    assert "<img" not in (folder / "h.html").read_text(), "a name became markup"


def check_files(criac: Path, model: Path, folder: Path) -> None:
    """Inputs stay; outputs are different files; limits are read with care."""
    copy = folder / "model"
    shutil.copytree(model, copy)
    before = {f: f.read_bytes() for f in copy.iterdir()}
    limits = folder / "limits.json"
    limits.write_text(json.dumps({"cpu": "x", "limits": [
        {"threads": 1, "read_bandwidth": 1e9, "units": [{"unit": "fma", "peak": 2e9}]},
        {"threads": 2, "read_bandwidth": 2e9, "units": [{"unit": "fma", "peak": 4e9}]}]}))
    for flags, code, says in (
            ((f"--report={copy}/config.json",), 2, "config.json"),
            ((f"--report={folder}/same", "-o", folder / "same"), 2, "cannot both write"),
            ((f"--report={folder}",), 1, "is a directory"),
            (("--report=",), 2, "--report"),
            ((f"--machine={limits}",), 2, "--machine: it is for --report"),
            (("--report-sets=all",), 2, "--report-sets: it is for --report"),
            ((f"--report={folder}/p.html", "--report-sets=some"), 2, "some"),
            ((f"--report={limits}", f"--machine={limits}"), 2, "limits.json"),
            ((f"--report={folder}/p.html", f"--machine={folder}/none"), 1, "none: cannot be read"),
            ((f"--report={folder}/p.html", f"--machine={copy}/config.json"), 1, "config.json: "),
            ((f"--report={folder}/p.html", f"--machine={copy}/model.safetensors"), 1, "not JSON"),
            ((f"--report={folder}/p.html", "--emit=spec"), 2, "--emit=spec")):
        done = run(criac, copy, *flags, *(() if "-o" in flags else ("-o", folder / "o.out")), code=code)
        assert done.stderr.count("\n") == 1 and says in done.stderr, (flags, done.stderr)
        assert not (folder / "p.html").exists(), flags
    assert {f: f.read_bytes() for f in copy.iterdir()} == before
    run(criac, copy, "--stop-after=schedule", "-o", folder / "ir", f"--report={folder}/p.json", f"--machine={limits}")
    report = json.loads((folder / "p.json").read_text())
    assert report["machine"]["read"] == 2e9 and report["machine"]["peaks"] == {"fma": 4e9}, report["machine"]
    assert report["steps"][-1]["phase"] == "schedule" and report["kernels"][0]["asm"] is None


def check_inspect(criac: Path, model: Path, folder: Path) -> None:
    early = "--stop-after=schedule"

    def inspect(*flags, code=0):
        return run(criac.absolute(), "inspect", model.absolute(), *flags, code=code, cwd=folder)
    text = inspect(early).stdout
    assert "fuse-norm-into-linear" in text and "decode.qkv" in text and "\x1b" not in text, text
    diff = inspect(early, "--pass=fuse-norm-into-linear", "--diff", "--kernel=decode.qkv").stdout
    assert re.search(r"^\+ .*cria.rms_scale", diff, re.MULTILINE), diff
    facts = inspect("--kernel=qkv").stdout  # all the way to assembly
    assert "decode.qkv, " in facts and "prefill.qkv, " in facts and "self_attn.q_proj" in facts and "ret" in facts
    assert inspect("--pass=asm", "--kernel=decode.down").stdout.splitlines()[1].startswith("decode.down:")
    assert "CRIA_MODEL" in inspect(early, "--pass=spec").stdout and "@decode" in inspect(early, "--pass=1").stdout
    for flags, says in ((("--pass=fuse-nrom-into-linear",), "did you mean cria-fuse-norm-into-linear?"),
                        (("--kernel=decode.qvk",), "did you mean decode.qkv?"), (("--diff",), "--pass"), (("-o", "x"), "writes no file")):
        done = inspect(early, *flags, code=2)
        assert done.stderr.count("\n") == 1 and says in done.stderr, done.stderr
    assert "cria.kernel" in inspect("--stop-after=fuse", "--pass=cria-group-kernels").stdout
    assert not os.listdir(folder), "inspect writes nothing"
    assert "example" in run(criac, "inspect", "--help").stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    study = args.criac.with_name("cria-study")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "empty").mkdir()
        report = check_numbers(args.criac, study, args.model, folder)
        check_content(report)
        check_all_sets(args.criac, args.model, folder, report)
        check_page(args.criac, args.model, folder)
        check_names(args.criac, args.model, folder)
        check_files(args.criac, args.model, folder)
        check_inspect(args.criac, args.model, folder / "empty")


main()
