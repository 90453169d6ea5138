"""Dependencies run one way: each folder includes only what it may. CONTRIBUTING.md says why."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MLIR = ("mlir/", "llvm/")
# Folder: what its includes with quotes may begin with, besides its own folder and the standard library.
ALLOWED = {
    "include/cria/runtime": ("cria/storages.h", "cria/runtime/"),
    "include/cria/spec": ("cria/storages.h", "cria/spec/", "cria/spec.hpp"),
    "lib/support": ("support/",),
    "lib/storage": ("cria/storages.h", "storage/"),
    "lib/runtime": ("cria/runtime/", "support/", "storage/", "runtime/"),
    "lib/spec": ("cria/spec/", "cria/spec.hpp", "support/", "spec/"),
    "lib/import": ("cria/", "support/", "storage/", "runtime/", "spec/", "import/"),
    "lib/export": ("cria/", "support/", "storage/", "runtime/", "spec/", "import/", "export/"),
    # The reference of --verify: nothing of import, emission, lowering and the runtime but plain data, the spec's and the
    # table of storages.
    "lib/verify": ("cria/spec/graph.hpp", "cria/storages.h", "support/Error.h", "storage/", "verify/"),
    "dialect": ("storage/", "dialect/", *MLIR),
    "passes": ("support/", "storage/", "dialect/", "report/", "passes/", *MLIR),
    "lib/emit": ("cria/spec/", "support/", "dialect/", "emit/", *MLIR),
    "lib/reference": ("support/", "dialect/", "reference/", *MLIR),
    "lib/report": ("dialect/", "report/", *MLIR),
    "lib/driver": ("cria/", "support/", "storage/", "runtime/", "spec/", "import/", "export/", "dialect/", "passes/", "emit/",
                   "report/", "verify/", "driver/", *MLIR),
    "lib/run": ("cria/", "support/", "storage/", "runtime/", "dialect/", "passes/", "reference/", "driver/", "run/", *MLIR),
    "lib/measure": ("cria/", "support/", "storage/", "runtime/", "passes/", "report/", "driver/", "measure/", *MLIR),
    "lib/study": ("cria/", "support/", "runtime/", "dialect/", "passes/", "report/", "verify/", "driver/", "measure/", "study/",
                  *MLIR),
    "lib/bench": ("cria/", "support/", "runtime/", "dialect/", "passes/", "driver/", "measure/", "bench/", *MLIR),
    "lib/lab": ("cria/", "support/", "spec/", "dialect/", "passes/", "report/", "driver/", "run/", "lab/", *MLIR),
    "tools": ("driver/", "lab/", "run/", "study/", "bench/"),
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)', re.MULTILINE)


def faults(folder: str, allowed: tuple[str, ...]) -> list[str]:
    found = []
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix not in (".h", ".hpp", ".cpp"):
            continue
        for bracket, name in INCLUDE.findall(path.read_text(encoding="utf-8")):
            foreign = name.startswith(MLIR) if bracket == "<" else "/" in name
            if foreign and not name.startswith(allowed):
                found.append(f"{path.relative_to(ROOT)}: {folder} must not include {name}")
    return found


def main() -> int:
    found = [fault for folder, allowed in ALLOWED.items() for fault in faults(folder, allowed)]
    print("\n".join(found) or "every include is allowed")
    return bool(found)


sys.exit(main())
