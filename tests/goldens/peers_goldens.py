"""Writes peers.json: what transformers answers on the folders of tests/peers that Cria takes."""

import json
import sys
import tempfile
from pathlib import Path

from greedy import load, logits_of

sys.path.insert(0, str(Path(__file__).parent / "../peers"))
import golden  # noqa: E402
from case import GOLDENS, all_cases, prompt  # noqa: E402

LEAST = 0.05  # how much the greatest logit must be, so that a tolerance means something


def answer(case) -> dict:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "model"
        golden.write_folder(case, folder)
        logits = logits_of(load(folder), prompt(case))
    assert abs(logits).max() > LEAST, case.name
    return {"folder": golden.fingerprint(case), "best": logits.argmax(1).tolist(),
            "last": [round(float(x), 6) for x in logits[-1]]}


def make_all() -> None:
    answers = {case.name: answer(case) for case in all_cases() if not case.refused}
    GOLDENS.write_text("{\n" + ",\n".join(f"{json.dumps(n)}: {json.dumps(a)}" for n, a in answers.items()) + "\n}\n")
    print(f"peers.json: {len(answers)} cases")
