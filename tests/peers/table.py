"""Keeps the table of docs/import.md: `python3 table.py [--check]`.

It is made from the cases, which a test tries one by one, and from what criac says of each.
"""

import argparse
import json
import sys

from case import HERE, MESSAGES, Case, all_cases

PAGE = HERE / "../../docs/import.md"
BEGIN, END = "<!-- peers: made by tests/peers/table.py -->\n", "<!-- peers: end -->\n"
# Owners of the projects that the cases name.
OWNERS = {"transformers": "huggingface", "peft": "huggingface", "vllm": "vllm-project", "llama.cpp": "ggml-org",
          "DeepSpeed": "deepspeedai", "llama": "meta-llama", "llama3": "meta-llama", "mlx": "ml-explore",
          "LlamaFactory": "hiyouga", "FastChat": "lm-sys", "axolotl": "axolotl-ai-cloud"}


def result(case: Case) -> str:
    return "refused" if case.refused else "taken, with a warning" if case.warns else "taken"


def link(source: str) -> str:
    if not source:
        return ""
    project, number = source.split("#")
    return f"[{source}](https://github.com/{OWNERS[project]}/{project}/issues/{number})"


def reason(message: str) -> str:
    """As code, without what all messages begin with."""
    lines = [line.removeprefix("criac: error: ").removeprefix("warning: ") for line in message.splitlines()]
    return " ".join(f"`{line.removeprefix('FOLDER: ').removeprefix('FOLDER/')}`" for line in lines).replace("|", "\\|")


def table(cases: list[Case]) -> str:
    messages, lines = json.loads(MESSAGES.read_text()), []
    for kind in dict.fromkeys(case.kind for case in cases):
        lines += ["", f"### {kind}", "", "| what | Cria | message | met in |", "|---|---|---|---|"]
        for case in cases:
            if case.kind == kind:
                why = reason(messages.get(case.name, ""))
                lines.append(f"| {case.what} | {result(case)} | {why} | {link(case.source)} |")
    return "\n".join(lines) + "\n\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fail if the page is out of date")
    options = parser.parse_args()
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    wanted = before + BEGIN + table(all_cases()) + END + after
    if not options.check:
        PAGE.write_text(wanted, encoding="utf-8")
    elif page != wanted:
        print(f"{PAGE.resolve()} is out of date: python3 tests/peers/table.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
