"""A compiled library is alone: whatever else a process defines or loads, it gives the logits that it gives by itself."""

import argparse
import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
MODELS = {"small": (64, 32), "wide": (96, 48), "other": (160, 32)}  # vocabulary, hidden size


def run(*command, **options) -> str:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=120, **options)
    assert done.returncode == 0, f"{command}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def tool(*names: str) -> str:
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, f"none of {names} is installed"
    return found


def defined(nm: str, *arguments) -> set[str]:
    """The names that `nm` lists as defined for others to use."""
    lines = run(nm, *arguments, "--defined-only").splitlines()
    rows = [fields for fields in map(str.split, lines) if len(fields) == 3 and (fields[1].isupper() or fields[1] == "u")]
    return {fields[2].split("@")[0] for fields in rows}


def api_of(header: Path) -> set[str]:
    names = re.findall(r"CRIA_API\b[^;(]*?\b(cria_\w+)\s*\(", header.read_text())
    assert len(names) > 15 and len(names) == len(set(names)), names
    return set(names)


def write_model(folder: Path, vocab: int, hidden: int) -> None:
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": vocab,
        "hidden_size": hidden, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4,
        "num_key_value_heads": 2, "head_dim": 8, "max_position_embeddings": 128, "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0, "torch_dtype": "float32"}))


class Check:
    def __init__(self, args: argparse.Namespace, folder: Path):
        self.args, self.folder = args, folder
        self.nm = tool("nm", "llvm-nm-22", "llvm-nm")
        self.api = api_of(args.include / "cria/runtime/cria.h")
        for seed, (name, size) in enumerate(MODELS.items()):
            write_model(folder / name, *size)
        self.libraries = {}
        for seed, name in enumerate(MODELS):
            self.libraries[name] = self.compile(name, seed, "shared", f"lib{name}.so")
        self.hostile_names = self.names_of_the_runtime()
        self.clean = self.host("clean", [], [])
        self.alone = {name: run(self.clean, "local", library).split()[1]
                      for name, library in self.libraries.items()}
        assert len(set(self.alone.values())) == len(MODELS), self.alone

    def compile(self, model: str, seed: int, kind: str, output: str) -> Path:
        run(self.args.criac, self.folder / model, f"--random-weights={seed}", f"--emit={kind}", "-o",
            self.folder / output)
        return self.folder / output

    def names_of_the_runtime(self) -> set[str]:
        """All that is linked into a library, by any name it has inside: the runtime, templates of C++."""
        archive = self.args.criac.parent.parent / "lib/libcria_rt.a"
        names = {n for n in defined(self.nm, archive) if re.fullmatch(r"[A-Za-z_]\w*", n)}
        assert any(n.startswith("_ZN4cria2rt") for n in names)
        assert "cria_team_barrier" in names and any(n.startswith("_ZNSt") for n in names)
        return names | {"decode", "head", "prefill", "cria_compiled_model", "cria_blob_0"}

    def hostile_source(self, names: set[str]) -> Path:
        lines = ["#include <unistd.h>", "#include <string.h>",
                 "static void stop(const char *n) { write(2, n, strlen(n)); _exit(99); }"]
        lines += [f'void f{i}(void) __asm__("{name}"); void f{i}(void) {{ stop("{name}"); }}'
                  for i, name in enumerate(sorted(names))]
        path = self.folder / "hostile.c"
        path.write_text("\n".join(lines))
        return path

    def host(self, name: str, sources: list[Path], flags: list[str]) -> Path:
        program = self.folder / name
        run(self.args.cc, "-O1", "-w", "-I", self.args.include, HERE / "alone.c", *sources, "-rdynamic", "-ldl", "-o",
            program, *flags)
        return program

    def expect(self, program: Path, mode: str, names: tuple[str, ...], libraries=None, **options) -> None:
        paths = libraries or [self.libraries[name] for name in names]
        got = [line.split()[1] for line in run(program, mode, *paths, **options).splitlines()]
        assert got == [self.alone[name] for name in names], f"{program.name} {mode} {names}: {got}, {self.alone}"

    def exports(self) -> None:
        for name, library in self.libraries.items():
            assert defined(self.nm, "-D", library) == self.api, defined(self.nm, "-D", library) ^ self.api
        program = self.compile("small", 0, "exe", "program")
        assert not defined(self.nm, "-D", program), defined(self.nm, "-D", program)

    def together(self) -> None:
        for mode, names in itertools.product(("local", "global"), itertools.permutations(MODELS)):
            self.expect(self.clean, mode, names)
        copy = self.folder / "libcopy.so"
        shutil.copy(self.libraries["small"], copy)
        self.expect(self.clean, "global", ("small", "other", "small"),
                    [self.libraries["small"], self.libraries["other"], copy])

    def hostile_host(self) -> None:
        """The program has functions of its own by every name inside the libraries."""
        program = self.host("hostile", [self.hostile_source(self.hostile_names)], [])
        for mode in ("local", "global"):
            self.expect(program, mode, tuple(MODELS))
        linked = self.host("linked", [self.hostile_source(self.hostile_names - self.api)],
                           ["-DLINKED", self.libraries["wide"]])
        self.expect(linked, "local", ("wide",))

    def preloaded(self) -> None:
        source = self.hostile_source(self.hostile_names)
        library = self.folder / "libhostile.so"
        run(self.args.cc, "-w", "-shared", "-fPIC", source, "-o", library)
        self.expect(self.clean, "global", tuple(MODELS), env=os.environ | {"LD_PRELOAD": str(library)})

    def objects(self) -> None:
        """Two models in one program without the library: only the descriptor has a name, which objcopy changes."""
        parts = []
        for seed, (model, name) in enumerate((("small", "first"), ("wide", "second"))):
            part = self.compile(model, seed, "obj", f"{name}.o")
            assert defined(self.nm, part) == {"cria_compiled_model"}, defined(self.nm, part)
            run(tool("objcopy", "llvm-objcopy-22", "llvm-objcopy"), "--redefine-sym", f"cria_compiled_model={name}", part)
            parts.append(part)
        program = self.folder / "objects"
        run(self.args.cc, "-I", self.args.include, HERE / "objects.c", *parts,
            self.args.criac.parent.parent / "lib/libcria_rt.a", "-lstdc++", "-lm", "-pthread", "-o", program)
        assert run(program) == "small wide\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", type=Path, required=True)
    parser.add_argument("--cc", required=True)
    parser.add_argument("--include", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        check = Check(args, Path(folder))
        for part in (check.exports, check.together, check.hostile_host, check.preloaded, check.objects):
            part()


main()
