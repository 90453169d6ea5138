"""What cria-lab refuses, and what a page of it carries. The page is used in a browser by tests/page/check_lab.py."""
import argparse
import shutil
import tempfile
from pathlib import Path

from running import run

HERE = Path(__file__).resolve().parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lab", type=Path, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--golden", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="where the page goes, for other tests")
    parser.add_argument("--other", type=Path, required=True, help="a model that the pages are not for")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stories = folder / "stories"
        shutil.copytree(args.stories, stories)
        page = folder / "lab.html"
        for flags, code, says in [([], 2, "no model is given"), ([stories, args.other], 2, "one model at a time"),
                                  ([args.other, "-o", page], 1, "tied weights in bf16"),
                                  ([folder / "nosuch", "-o", page], 1, "no such folder"),
                                  ([stories, "-o", stories / "tokenizer.json"], 2, "which is an input"),
                                  ([stories, "-o", folder / "nosuch/lab.html"], 1, "nosuch/lab.html")]:
            error = run(args.lab, *flags, code=code).stderr
            assert error.count("\n") == 1 and error.startswith("cria-lab: error: ") and says in error, error
        (stories / "recall_prompts.jsonl").unlink()
        error = run(args.lab, stories, "-o", page, code=1).stderr
        assert error.count("\n") == 1 and "recall_prompts.jsonl: No such file" in error, error
        assert not page.exists()
    run(args.lab, args.stories, "-o", args.out)
    node = shutil.which("node") or shutil.which("nodejs")
    if not node:
        print("nodejs is missing: what the page carries is not checked")
        return
    print(run(node, HERE / "lab.mjs", args.out, args.golden).stdout.strip())


main()
