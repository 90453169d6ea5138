"""A driver that emulates GPUs, and what runs on it, for the tests beside it."""

import argparse
import os
from pathlib import Path
from typing import NamedTuple

from running import run


class Vendor(NamedTuple):
    target: str
    device: str
    library: str
    missing: str
    lost: str


VENDORS = {each.target: each for each in (
    Vendor("nvidia", "cuda", "libcuda.so.1", "no NVIDIA driver on this machine: libcuda.so.1", "CUDA_ERROR_LAUNCH_FAILED"),
    Vendor("amd", "hip", "libamdhip64.so", "no HIP runtime on this machine: libamdhip64.so", "hipErrorLaunchFailure"))}


def has_driver(vendor: Vendor) -> bool:
    folders = ("/usr/lib/x86_64-linux-gnu", "/usr/lib/wsl/lib", "/opt/rocm/lib")
    return any(path for folder in folders for path in Path(folder).glob(vendor.library + "*"))


def arguments(description: str, *others: str) -> argparse.Namespace:
    """Those of a test; OTHERS are paths that it needs besides."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--vendor", choices=VENDORS, required=True)
    for path in ("--criac", "--stories", "--driver", "--emulate-kernels", *others):
        parser.add_argument(path, type=Path, required=True)
    parser.add_argument("--cc", required=True)
    return parser.parse_args()


def emulated_kernels(args: argparse.Namespace, vendor: Vendor, folder: Path, name: str, model: Path, *flags: str) -> Path:
    """A library for the driver: the kernels that criac makes of MODEL with FLAGS."""
    code, part, library = (folder / f"{name}.{suffix}" for suffix in ("ll", "o", "so"))
    run(args.criac, model, f"--target={vendor.target}", "--emit=llvm", *flags, "-o", code)
    run(args.emulate_kernels, code, part)
    run(args.cc, "-shared", "-o", library, part, f"-L{args.driver}", f"-l:{vendor.library}", "-lm")
    return library


def with_driver(args: argparse.Namespace, kernels: Path, **variables: str) -> dict:
    """That in which programs find the driver, and the driver KERNELS."""
    return {**os.environ, "LD_LIBRARY_PATH": str(args.driver), "CRIA_EMULATED_KERNELS": str(kernels), **variables}
