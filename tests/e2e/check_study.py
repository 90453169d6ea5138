"""cria-study on tiny models: what it counts, that text, JSON, CSV and
cria-bench agree, and how it ends."""

import argparse
import csv
import io
import json
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from measuring import interrupt, refused, refuses_to_write, run

QUICK = ("--repeats=2", "--tokens=2", "--threads=1", "--max-seq=64", "--prefill-chunk=8")
TWO = "--fusions=norm-into-linear,swiglu-into-linear"
SETS_OF_TWO = ["none", "only norm-into-linear", "only swiglu-into-linear", "all"]
ONE = "--fusions=swiglu-into-linear"


def least_bytes(criac: Path, model: Path) -> int:
    """Bytes of the intermediates of a fused decode step, as docs/fusion.md derives them."""
    config = json.loads((model / "config.json").read_text())
    L, D, F, H = (config[name] for name in
                  ("num_hidden_layers", "hidden_size", "intermediate_size", "num_attention_heads"))
    E, V = config["head_dim"], config["vocab_size"]
    first = re.search(r"cria\.argmax .* into tensor<1x(\d+)xf32>", run(criac, model, "--stop-after=model").stdout)
    parts = int(first[1])
    return 4 * (L * (6 * D + 4 * H * E + 2 * F + E) + 2 * D + E + V + 4 * parts)


def fused(criac: Path, model: Path) -> dict:
    """The figures of cria-bench, which compiles with all fusions."""
    return json.loads(run(criac.with_name("cria-bench"), model, *QUICK, "--prompt=8", "--json=-").stdout)


def check_least_bytes(criac: Path, model: Path) -> None:
    counted = fused(criac, model)["intermediate_bytes"]
    assert counted == least_bytes(criac, model), f"{model}: {counted} bytes, not {least_bytes(criac, model)}"


def check_all_sets(study: Path, criac: Path, model: Path) -> None:
    """Every fusion: none, each alone, each left out, all; the text, the JSON and the CSV of one study."""
    fusions = [line.split()[0] for line in run(criac, "--list-fusions").stdout.splitlines()]
    sets = ["none", *(f"only {f}" for f in fusions), *(f"without {f}" for f in fusions), "all"]
    with tempfile.TemporaryDirectory() as folder:
        as_json, as_csv = Path(folder) / "study.json", Path(folder) / "study.csv"
        text = run(study, model, *QUICK, f"--json={as_json}", f"--csv={as_csv}").stdout
        found = json.loads(as_json.read_text())
        rows = list(csv.DictReader(as_csv.open()))

    assert [s["set"] for s in found["sets"]] == sets
    for name in sets:
        assert text.count(f"\n{name} ") == 1 + len(found["points"]), name
    assert [(p["entry"], p["context"], p["tokens"]) for p in found["points"]] == [("decode", 0, 2), ("prefill", 0, 8)]
    assert not found["interrupted"] and found["error_against"] == "f64 reference"
    by_name = {s["set"]: s for s in found["sets"]}
    for s in found["sets"]:
        assert 0 < max(s["prefill_error"], s["decode_error"]) < 1e-4 and 0 < s["error_of_bound"] <= 1, s
        assert by_name["all"]["kernels"] <= s["kernels"] <= by_name["none"]["kernels"], s
        assert by_name["all"]["intermediate_bytes"] <= s["intermediate_bytes"] <= by_name["none"]["intermediate_bytes"]
        assert all(len(t["seconds"]) == 2 and min(t["seconds"]) > 0 for t in s["timings"]), s
    assert by_name["all"]["intermediate_bytes"] == least_bytes(criac, model), by_name["all"]
    assert {row["fusion"] for row in found["left_out"]} == set(fusions)
    assert len(found["left_out"]) == len(fusions) * len(found["points"])
    for row in found["left_out"]:
        bytes_of = {name: next(t["bytes"] for t in by_name[name]["timings"] if t["entry"] == row["entry"])
                    for name in ("all", f"without {row['fusion']}")}
        assert row["bytes_saved"] == bytes_of[f"without {row['fusion']}"] - bytes_of["all"], row

    assert [(r["set"], r["entry"]) for r in rows] == [(s, e) for s in sets for e in ("decode", "prefill")]
    for row in rows:
        s = by_name[row["set"]]
        timing = next(t for t in s["timings"] if t["entry"] == row["entry"])
        for key, value in (("kernels", s["kernels"]), ("intermediate_bytes", s["intermediate_bytes"]),
                           ("bytes", timing["bytes"]), ("flops", timing["flops"]), ("rounds", 2)):
            assert int(row[key]) == value, (key, row)
        for key, value in (("error", max(s["prefill_error"], s["decode_error"])),
                           ("tokens_per_second", timing["tokens_per_second"]), ("vs_none", timing["vs_none"])):
            assert abs(float(row[key]) - value) <= 1e-5 * value, (key, row)
        assert row["error_against"] == "reference"

    benched = fused(criac, model)
    assert all(benched[key] == by_name["all"][key] for key in ("kernels", "intermediate_bytes")), benched
    for counted, again in zip(by_name["all"]["timings"], benched["measurements"], strict=True):
        for key in ("entry", "context", "tokens", "bytes", "flops"):
            assert counted[key] == again[key], (key, counted, again)


def check_standard_output(study: Path, model: Path) -> None:
    found = json.loads(run(study, model, ONE, "--no-reference", "--json=-", *QUICK).stdout)
    assert [s["set"] for s in found["sets"]] == ["none", "all"]
    assert found["error_against"] == "none"
    rows = list(csv.DictReader(io.StringIO(run(study, model, TWO, "--csv=-", *QUICK).stdout)))
    assert [row["set"] for row in rows] == [name for name in SETS_OF_TWO for _ in range(2)]


def check_explain(study: Path, model: Path) -> None:
    for function in ("decode", "prefill"):
        text = run(study, model, "--explain=norm-into-linear", f"--function={function}").stdout
        before, after = text.split(f"// {function} with norm-into-linear: ")
        assert before.startswith(f"// {function} without fusions: ")
        count = [int(part.split(" kernels")[0].split()[-1]) for part in (before, after)]
        assert count[1] < count[0], count
        assert "cria.rms_norm" in before and "cria.rms_scale" not in before
        assert "cria.rms_scale" in after and "cria.rms_norm" not in after
        remarks = after[after.rindex("}\n"):]
        assert f"// {function}: norm-into-linear: " in remarks and "bytes per step" in remarks


def check_counts(study: Path, model: Path) -> None:
    """For a machine that is named, sets are counted and not timed; here, as a timed study counts them."""
    quick = [flag for flag in QUICK if not flag.startswith("--threads")]
    timed = json.loads(run(study, model, ONE, "--no-reference", "--json=-", *QUICK).stdout)
    for flag in ("--cpu=native", "--target=nvidia:sm_90", "--target=amd:gfx1100", "--target=riscv64-linux-gnu"):
        found = json.loads(run(study, model, ONE, "--json=-", flag, *quick).stdout)
        assert found["rounds"] == 0 and "error_against" not in found, found
        assert [s["set"] for s in found["sets"]] == ["none", "all"]
        none, every = found["sets"]
        assert every["kernels"] < none["kernels"] and "compile_seconds" not in every, every
        assert all(t["bytes"] > 0 and t["flops"] > 0 and t["seconds"] == [] for t in every["timings"]), every
        assert {row["fusion"] for row in found["left_out"]} == {ONE.split("=")[1]}
        if flag == "--cpu=native":
            for ours, theirs in zip(found["sets"], timed["sets"], strict=True):
                assert all(ours[key] == theirs[key] for key in ("kernels", "intermediate_bytes")), (ours, theirs)
                assert [(t["bytes"], t["flops"]) for t in ours["timings"]] == \
                    [(t["bytes"], t["flops"]) for t in theirs["timings"]], (ours, theirs)
    text = run(study, model, ONE, "--target=nvidia", *quick).stdout
    assert "sm_80\n" in text and "moved/token" in text and "tokens/s" not in text, text
    preset = run(study, "llama3.2-1b", ONE, "--target=nvidia", "--context=0").stdout  # needs no weights
    assert "llama3_2_1b: " in preset, preset


def check_refusals(study: Path, model: Path) -> None:
    refused(study, code=2, words="no model given")
    refused(study, model, model, code=2, words="only one model can be given")
    refused(study, model, "--tokns=1", code=2, words="--tokns: unknown flag, did you mean --tokens?")
    refused(study, model, "--tokens=0", code=2, words="--tokens: ")
    refused(study, model, "--context=0,x", code=2, words="--context: ")
    refused(study, model, "--explain=norm", code=2, words="--explain: ")
    refused(study, model, "--context=999", *QUICK, code=1, words="--context: 999 tokens and 8 more exceed")
    refused(study, "/absent", *QUICK, code=1, words="/absent")
    refused(study, "llama3-8b", *QUICK, code=1, words="llama3-8b: a preset or spec has no weights")
    refused(study, model, "--fusions=norm-into-liner", code=2, words="--fusions: norm-into-liner is not one of")
    refused(study, model, "--json=-", "--csv=-", code=2, words="--json and --csv cannot both write to standard output")
    refused(study, model, "--target=nvidia", "--report=page.html", code=2, words="--report: shows times")
    refused(study, model, "--cpu=znver3,znver4", code=1, words="--cpu: a study is about one CPU, not znver3,znver4")
    refused(study, model, "--target=toaster", code=1, words='--target: "toaster" is not a target')
    refuses_to_write(study, model, *QUICK, "--json")
    refuses_to_write(study, model, *QUICK, "--csv")


def check_interrupts(study: Path, model: Path) -> None:
    endless = [study, model, TWO, *QUICK, "--repeats=1000000"]
    text, found = interrupt(endless, when="round 2 ")
    assert [s["set"] for s in found["sets"]] == SETS_OF_TWO
    rounds = [len(t["seconds"]) for s in found["sets"] for t in s["timings"]]
    assert min(rounds) >= 1 and max(rounds) < 1000000, rounds
    assert all(f"\n{name} " in text for name in SETS_OF_TWO)
    _, found = interrupt(endless, when="compiling 2 ")
    assert [s["set"] for s in found["sets"]] == SETS_OF_TWO[:len(found["sets"])]
    assert 1 <= len(found["sets"]) <= 3, found["sets"]
    assert not found["left_out"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--models", type=Path, nargs="+", required=True, help="the first is studied")
    args = parser.parse_args()
    study = args.criac.with_name("cria-study")
    model, *others = args.models
    with ThreadPoolExecutor(2) as pool:  # they compile, mostly
        checks = [pool.submit(check_all_sets, study, args.criac, model)]
        checks += [pool.submit(check_least_bytes, args.criac, other) for other in others]
        checks += [pool.submit(check, study, model) for check in
                   (check_interrupts, check_standard_output, check_explain, check_counts, check_refusals)]
        for check in checks:
            check.result()


main()
