# Tests that are text: IR through cria-opt, and C++ that must or must not compile.
# The values of `config.cria_…` come from lit.site.cfg.py, which CMake writes.
import os

import lit.formats

config.name = "cria"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".cpp"]
config.excludes = ["unit", "goldens", "fuzz", "bad-input", "e2e", "package", "faults", "peers", "docs"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.cria_binary_dir, "tests")

config.environment["PATH"] = os.pathsep.join(
    [config.cria_tools_dir, config.llvm_tools_dir, config.environment["PATH"]]
)

config.substitutions.append(("%clangxx", config.clangxx))
config.substitutions.append(("%include", config.cria_include_dir))
config.substitutions.append(("%python", config.python))

if not config.gxx.endswith("NOTFOUND"):
    config.available_features.add("gxx")
    config.substitutions.append(("%gxx", config.gxx))
