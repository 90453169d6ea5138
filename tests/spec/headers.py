"""Every header of specs compiles alone, and none pulls in LLVM or the whole of Hana.

usage: headers.py FOLDER COMPILER FLAG...
"""

import pathlib
import subprocess
import sys

folder, command = pathlib.Path(sys.argv[1]), sys.argv[2:]
files = [folder / "cria/spec.hpp", *sorted((folder / "cria/spec").rglob("*.hpp"))]
headers = [file.relative_to(folder) for file in files]
failed = 0
for header in headers:
    # Twice, so that the guard is tested too; -H lists what is included.
    source = f"#include <{header}>\n#include <{header}>\n"
    check = subprocess.run(
        [*command, "-H", "-x", "c++", "-"], input=source, text=True, capture_output=True, check=False
    )
    used = check.stderr.split()
    bad = [name for name in used if "/llvm/" in name or "/mlir/" in name]
    bad += [name for name in used if name.endswith("/boost/hana.hpp")]
    listed = any(name.endswith(str(header)) for name in used)
    if check.returncode or bad or not listed:
        failed += 1
        print(f"error: {header}: {' '.join(bad) or check.stderr}")
print(f"{len(headers) - failed} of {len(headers)} headers stand alone")
sys.exit(failed > 0)
