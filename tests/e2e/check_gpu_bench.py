"""cria-bench and scripts/bench-gpu on a driver that emulates a GPU. No time is checked."""
import argparse
import json
import tempfile
from pathlib import Path

from gpu_emulated import VENDORS, Vendor, arguments, emulated_kernels, has_driver, with_driver
from running import run


def check_bench(args: argparse.Namespace, vendor: Vendor, emulated: dict, folder: Path) -> None:
    """cria-bench: decode beside the bandwidth of copies, prefill beside nothing, and what it refuses."""
    bench = args.criac.with_name("cria-bench")
    quick = (args.stories, "--repeats=1", "--tokens=1", "--prompt=2", "--context=3")
    limits = folder / "limits.json"
    other = next(each for each in VENDORS.values() if each != vendor)
    run(bench, *quick, f"--device={vendor.device}", f"--json={limits}", env=emulated)
    found = json.loads(limits.read_text())
    decode, prefill = found["measurements"]
    assert found["cpu"].startswith("emulated GPU, code for ") and found["unit"] == "", found
    for row in (decode, prefill):
        assert row["threads"] == 0 and row["tokens_per_second"] > 0, row
    assert 0 < decode["fraction"] < 1 and decode["limits"] == [decode["read_bandwidth"]], decode
    assert prefill["fraction"] is None and prefill["unit_peak"] is None and prefill["limits"] == [], prefill
    report = ("--emit=asm", "-o", "/dev/null", f"--report={folder}/report.json", f"--machine={limits}")
    error = run(args.criac, args.stories, f"--target={vendor.target}", *report, code=1).stderr
    assert "limits.json: threads: 0: it was measured on a GPU" in error and error.count("\n") == 1, error
    text = run(bench, *quick, f"--target={vendor.target}", f"--device={vendor.device}:0", env=emulated).stdout
    assert "emulated GPU" in text and "against" not in text and "nan" not in text, text
    for flags, code, says in (((f"--device={vendor.device}:3",), 1, "there is no GPU 3: this machine has 1"),
                              ((f"--target={vendor.target}:nothing",), 1, '"nothing" is not a chip'),
                              ((f"--target={vendor.target}", f"--device={other.device}"), 2, "is not code for what --device names"),
                              ((f"--target={vendor.target}", "--device=cpu"), 2, "is not code for what --device names"),
                              (("--target=wasm32",), 2, "is not one of nvidia, nvidia:CHIP, amd, amd:CHIP"),
                              ((f"--device={vendor.device}", "--threads=2"), 2, "--threads: a GPU has none")):
        error = run(bench, *quick, *flags, code=code, env=emulated).stderr
        assert says in error and error.count("\n") == 1, error
    if not has_driver(other):
        error = run(bench, *quick, f"--device={other.device}", code=1).stderr
        assert other.missing in error, error


def check_kernels(args: argparse.Namespace, vendor: Vendor, emulated: dict) -> None:
    """Times of kernels: they fit in the calls that they are of."""
    flags = ("--repeats=1", "--tokens=2", "--prompt=2", "--context=3", f"--device={vendor.device}", "--kernels")
    found = json.loads(run(args.criac.with_name("cria-bench"), args.stories, *flags, "--json=-", env=emulated).stdout)
    decode, prefill = found["measurements"]
    assert [(e["entry"], e["calls"]) for e in decode["entries"]] == [("decode", 2)], decode
    assert [(e["entry"], e["calls"]) for e in prefill["entries"]] == [("prefill", 1), ("head", 1)], prefill
    for entry in (*decode["entries"], *prefill["entries"]):
        assert all(k["limit"] == "read" and 0 < k["fraction"] < 1 for k in entry["kernels"]), entry
        assert 0 <= sum(k["seconds"] for k in entry["kernels"]) <= entry["seconds"], entry


def check_script(args: argparse.Namespace, emulated: dict, folder: Path) -> None:
    flags = (f"--criac={args.criac}", "--prompt=3", "--tokens=2", "--check=2", "--rounds=1", f"--json={folder}/bench.json")
    found = run(args.bench, args.stories, f"--target={args.vendor}", *flags, env=emulated).stdout
    assert "2 tokens are those of the CPU" in found and "decode ms" in found, found
    sample = json.loads((folder / "bench.json").read_text())["results"]["cria"][0]
    assert min(sample.values()) > 0 and len(sample) == 4, sample


def main() -> None:
    args = arguments(__doc__, "--bench")
    vendor = VENDORS[args.vendor]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kernels = emulated_kernels(args, vendor, folder, "kernels", args.stories)
        emulated = with_driver(args, kernels, CRIA_EMULATED_MEMORY=str(64 << 20))  # and so small buffers
        check_bench(args, vendor, emulated, folder)
        check_kernels(args, vendor, emulated)
        check_script(args, emulated, folder)


if __name__ == "__main__":
    main()
