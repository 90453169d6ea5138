"""criac --verify for a GPU, on a driver that emulates one."""
import argparse
import json
import os
import re
import tempfile
from pathlib import Path

from gpu_emulated import VENDORS, Vendor, arguments, emulated_kernels, has_driver, with_driver
from running import run

SHORT = ("--max-seq=10", "--prefill-chunk=4")


def check_kinds(args: argparse.Namespace, right: dict, out: Path) -> str:
    """Every kind of output is run on the GPU and on the CPU: the name of the GPU's code."""
    for kind, level, runs in (("exe", "full", 24), ("shared", "quick", 6), ("obj", "quick", 6)):
        said = run(args.criac, args.stories, f"--target={args.vendor}", *SHORT, f"--emit={kind}", f"--verify={level}", "-o", out,
                   env=right).stderr
        found = re.fullmatch(r"verified: 10 of 10 positions of a context of 10, (\d+) runs; .*; code for (\w+) and, beside it, .*\n", said)
        assert found and int(found[1]) == runs, said
        out.unlink()
    return found[2]


def check_faults(args: argparse.Namespace, vendor: Vendor, right: dict, code: str, folder: Path) -> None:
    """What is wrong on the GPU alone is found: another eps in its kernels, a GPU that is lost, and no driver."""
    other, out = folder / "other-eps", folder / "faulty"
    other.mkdir()
    for file in args.stories.iterdir():
        if file.name != "config.json":
            (other / file.name).symlink_to(file.resolve())
    config = json.loads((args.stories / "config.json").read_text())
    (other / "config.json").write_text(json.dumps({**config, "rms_norm_eps": 100 * config["rms_norm_eps"]}))
    wrong = with_driver(args, emulated_kernels(args, vendor, folder, "wrong", other, *SHORT))
    prefix = f"--verify: code for {code}: 10 tokens in chunks: "
    bad = [(wrong, prefix + "position ", ": got "), ({**right, "CRIA_EMULATED_LOSS": "40"}, prefix, vendor.lost)]
    if not has_driver(vendor):
        bad.append((dict(os.environ), "--verify: ", vendor.missing))
    for used, where, why in bad:
        error = run(args.criac, args.stories, f"--target={args.vendor}", *SHORT, "--verify", "-o", out, code=1, env=used).stderr
        assert where in error and why in error and error.count("\n") == 1 and not out.exists(), error


def main() -> None:
    args = arguments(__doc__)
    vendor = VENDORS[args.vendor]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        right = with_driver(args, emulated_kernels(args, vendor, folder, "right", args.stories, *SHORT))
        code = check_kinds(args, right, folder / "verified")
        check_faults(args, vendor, right, code, folder)


if __name__ == "__main__":
    main()
