"""Schedules of kernels: what --emit=schedule writes, --schedule reads back, edited or not; what is refused, and where.

    check_schedule.py --criac CRIAC --model FOLDER --golden FILE.json
"""

import argparse
import json
import re
import tempfile
from pathlib import Path

from measuring import refused, run

QUICK = ("--max-seq=64", "--prefill-chunk=8")
ENTRY = re.compile(r'^  "([\w.+]+)" = #cria\.schedule(?:<(.*)>)?,?$', re.MULTILINE)


def written(criac: Path, model: Path, *flags: str) -> str:
    return run(criac, model, *QUICK, *flags, "--emit=schedule").stdout


def check_round_trip(criac: Path, model: Path, folder: Path) -> None:
    """What is written names every kernel that runs, and reads back as the same code."""
    text = written(criac, model)
    (folder / "chosen").write_text(text)
    names = [name for name, _ in ENTRY.findall(text)]
    assert len(names) == len(set(names)) == text.count("#cria.schedule"), text
    assert {name.split(".")[0] for name in names} == {"prefill", "decode", "head", "state"}, names
    asm = run(criac, model, *QUICK, "--emit=asm").stdout
    labels = set(re.findall(r'^"?([\w.+]+)"?:', asm, re.MULTILINE))
    assert set(names) <= labels, set(names) - labels
    chosen = f"--schedule={folder / 'chosen'}"
    assert written(criac, model, chosen) == text
    assert run(criac, model, *QUICK, chosen, "--emit=asm").stdout == asm
    (folder / "none").write_text("{} // overrides nothing\n")
    assert written(criac, model, f"--schedule={folder / 'none'}") == text


def check_edited(criac: Path, model: Path, golden: Path, folder: Path) -> None:
    """Another schedule is other code, with the same answers."""
    text = written(criac, model)
    name = "decode.down"
    assert f'"{name}" = ' in text, text
    (folder / "edited").write_text(f'{{\n  // one kernel is enough\n  "{name}" = #cria.schedule<tiles = [0, 3]>\n}}\n')
    edited = f"--schedule={folder / 'edited'}"
    dumped = dict(ENTRY.findall(written(criac, model, edited)))
    assert dumped[name] == "tiles = [0, 3]", dumped
    others = dict(ENTRY.findall(text))
    assert all(dumped[other] == others[other] for other in others if other != name)
    flags = [*QUICK, "--emit=asm"]
    assert run(criac, model, edited, *flags).stdout != run(criac, model, *flags).stdout
    program, depfile = folder / "program", folder / "program.d"
    run(criac, model, edited, "-o", program, f"--depfile={depfile}", "--verify")
    assert str(folder / "edited") in depfile.read_text()
    for case in json.loads(golden.read_text())["cases"]:
        ids = ",".join(map(str, case["prompt"]))
        found = run(program, "--token-ids", ids, f"--max-tokens={len(case['greedy'])}", "--print-token-ids",
                    "--ignore-eos").stdout
        assert [int(token) for token in found.strip().split(",")] == case["greedy"], ids


def check_refused(criac: Path, model: Path, folder: Path) -> None:
    """Faults are one line with file and line; an input is not overwritten."""
    path = folder / "faulty"

    def faulty(text: str, words: str) -> None:
        path.write_text(text)
        refused(criac, model, *QUICK, f"--schedule={path}", "--emit=asm", code=1, words=f"{path}:{words}")

    faulty('{\n  "decode.downn" = #cria.schedule<tiles = [0, 3]>\n}', '2: unknown kernel decode.downn, did you mean decode.down?')
    faulty('{\n\n  "decode.down" = 3 : i64\n}', '3: "decode.down" is not a #cria.schedule<…>')
    faulty('{\n  "decode.down" =\n    #cria.schedule<tiles = [0, 1000000]>\n}', '2: "decode.down": tiles [0, 1000000]: loop 1 has only')
    faulty('{ "decode.down" = #cria.schedule<block = [4, 3]> }', '1: "decode.down": block [4, 3]: outputs must be a multiple')
    faulty('{\n  "decode.down" = #cria.schedule<unit = tensor_core>\n}', '2: unknown unit "tensor_core"; known units: fma')
    faulty('{\n  "decode.down" = #cria.schedule<tiles = [-1]>\n}', '2: schedule_c1: tiles must be at least 0')
    faulty('{\n  "decode.down" = #cria.schedule<tiles = [0, 3]>\n', '2: expected \'}\'')
    faulty('7 : i64', '1: is not a dictionary')
    faulty('', '1: ')
    missing = folder / "missing"
    refused(criac, model, f"--schedule={missing}", "--emit=asm", code=1, words=f"{missing}: cannot be read: No such file")
    path.write_text("{}")
    refused(criac, model, f"--schedule={path}", "--emit=schedule", "-o", path, code=2, words=str(path))
    assert path.read_text() == "{}"


def check_study(criac: Path, model: Path, folder: Path) -> None:
    """The same as an axis of cria-study."""
    study = criac.with_name("cria-study")
    (folder / "mine").write_text(written(criac, model))
    flags = ("--repeats=1", "--tokens=2", "--threads=1", *QUICK)
    mine = f"--schedule=mine={folder / 'mine'}"
    found = json.loads(run(study, model, *flags, mine, "--json=-").stdout)
    sets = {s["set"]: s for s in found["sets"]}
    assert sets["schedule mine"]["schedule"] == "mine" and "schedule" not in sets["all"]
    assert sets["schedule mine"]["fusions"] == sets["all"]["fusions"]
    for ours, chosen in zip(sets["schedule mine"]["timings"], sets["all"]["timings"]):
        assert ours["bytes"] == chosen["bytes"] and len(ours["seconds"]) == 1
    refused(study, model, "--schedule=mine", code=2, words="is not NAME=FILE")
    refused(study, model, mine, mine, code=2, words="given twice")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--golden", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        check_round_trip(args.criac, args.model, work)
        check_edited(args.criac, args.model, args.golden, work)
        check_refused(args.criac, args.model, work)
        check_study(args.criac, args.model, work)
    print("schedules: written, read back, edited, refused, compared")


if __name__ == "__main__":
    main()
