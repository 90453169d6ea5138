#!/usr/bin/env python3
"""What storing a model in fewer bits costs: a Markdown table of its size and of how far its answers move.

    bench/formats.py --criac build/release/bin/criac MODEL TEXT q8_0 q6_k q4_k

Each TYPE is one of `criac --quantize`. The model is compiled as it is and in each TYPE; the wide one judges TEXT
(--kl-base), the others are compared with it (--kl). docs/run.md says what the figures mean.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def output(*command: object) -> str:
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{command[0]} ended with exit code {done.returncode}")
    return done.stdout


def figure(text: str, label: str) -> str:
    """`value ± error` of a line of the report that begins with `label`."""
    found = re.search(rf"^{re.escape(label)}\s+(\S+ ± \S+)", text, re.MULTILINE)
    if not found:
        sys.exit(f"no {label} in: {text}")
    return found[1]


def row(*cells: str) -> None:
    print("| " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--criac", default="criac")
    parser.add_argument("--products", default="exact", choices=["exact", "fast"])
    parser.add_argument("--context", type=int, default=512, help="tokens of a window")
    parser.add_argument("model")
    parser.add_argument("text", type=Path)
    parser.add_argument("types", nargs="+")
    args = parser.parse_args()
    row("storage", "MiB", "perplexity", "KL divergence", "99th percentile", "same top token, %")
    row(*["---"] * 6)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wide, base = folder / "wide", folder / "base.kld"
        output(args.criac, args.model, "-o", wide)
        own = output(wide, "--perplexity", args.text, "--context", args.context, "--kl-base", base)
        row("as it is", "", figure(own, "perplexity"), "", "", "")
        for kind in args.types:
            file, narrow = folder / f"{kind}.gguf", folder / kind
            output(args.criac, args.model, f"--quantize={kind}", "-o", file)
            output(args.criac, file, f"--products={args.products}", "-o", narrow)
            text = output(narrow, "--kl", base)
            tail = re.search(r"^KL divergence.*\n.* 99% (\S+)", text, re.MULTILINE)
            row(kind, f"{file.stat().st_size / 2**20:.2f}", figure(text, "perplexity"), figure(text, "KL divergence"),
                tail[1], figure(text, "same top token"))


main()
