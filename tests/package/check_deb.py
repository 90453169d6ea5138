"""cpack -G DEB makes a package that has everything, names what it needs, and works once unpacked."""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
FILES = """
usr/bin/criac usr/bin/cria-study usr/bin/cria-bench usr/bin/cria-lab usr/bin/cria-opt usr/bin/cria-lsp-server
usr/lib/cria/libcria_rt.a usr/lib/cria/libcria_rt_main.a
usr/include/cria/spec.hpp usr/include/cria/runtime/cria.h
usr/share/man/man1/criac.1 usr/share/bash-completion/completions/criac
usr/share/zsh/site-functions/_criac usr/share/fish/vendor_completions.d/criac.fish
usr/share/doc/cria/criac.md usr/share/doc/cria/THIRD_PARTY_NOTICES.md
""".split()


def run(*command) -> str:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    assert done.returncode == 0, f"{command}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def check_package(package: Path, version: str) -> None:
    fields = dict(re.findall(r"^ (\w[\w-]*): (.*)$", run("dpkg-deb", "-I", package), re.MULTILINE))
    assert fields["Package"] == "cria" and fields["Version"] == version, fields
    for needed in ("clang-22", "libmlir-22", "libllvm22", "libc6"):
        assert re.search(rf"\b{needed}\b", fields["Depends"]), f"Depends lacks {needed}: {fields['Depends']}"
    listed = {line.split()[5].removeprefix("./") for line in run("dpkg-deb", "-c", package).splitlines()}
    missing = [name for name in FILES if name not in listed]
    assert not missing, f"{package.name} lacks {missing}"


def check_unpacked(package: Path, model: Path, folder: Path, version: str) -> None:
    run("dpkg-deb", "-x", package, folder / "root")
    criac = folder / "root/usr/bin/criac"
    assert run(criac, "--version").strip().endswith(version)
    run(criac, model, "-o", folder / "program")
    assert run(folder / "program", "--token-ids", "1,2", "--max-tokens", "2", "--print-token-ids").strip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cpack", required=True)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    if not shutil.which("dpkg-deb"):
        print("skipped: dpkg-deb is not installed")
        return SKIPPED
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(args.cpack, "-G", "DEB", "--config", args.build / "CPackConfig.cmake", "-B", folder / "out")
        [package] = (folder / "out").glob("*.deb")
        check_package(package, args.version)
        check_unpacked(package, args.model, folder, args.version)
        print(f"{package.name}: {package.stat().st_size >> 20} MiB")
    return 0


sys.exit(main())
