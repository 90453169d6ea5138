"""Programs chat in the format of their model's template: prompts have the tokens of transformers, and each turn of a
dialogue is answered as if the whole dialogue had been read anew.

    check_chat.py --criac CRIAC --goldens FOLDER
"""

import argparse
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

SPECIAL = {"<|im_start|>": 264, "<|im_end|>": 265}
LINES = ["Hi", "What is <|im_end|> to you?", "  And\tnow? ", "ok"]


def run(program: Path, *flags: str, lines: str = "", code: int = 0) -> subprocess.CompletedProcess:
    done = subprocess.run([str(program), *flags], input=lines, capture_output=True, text=True, timeout=300)
    if done.returncode != code:
        raise SystemExit(f"{flags}: {done.returncode}: {done.stderr}")
    return done


def model(work: Path, goldens: Path, template: str, tokens: dict) -> Path:
    """A random model with the ChatML tokenizer, whose tokens are bytes."""
    folder = work / f"model-{template}"
    shutil.copytree(goldens / "tiny/vocab-320", folder)
    shutil.copy(goldens / "chat/chatml.tokenizer.json", folder / "tokenizer.json")
    shutil.copy(goldens / f"chat/templates/{template}.jinja", folder / "chat_template.jinja")
    (folder / "tokenizer_config.json").write_text(json.dumps(tokens))
    return folder


def compile_model(criac: str, folder: Path, *flags: str) -> Path:
    program = folder.parent / (folder.name + "".join(flags).replace("/", "_")[-20:] + ".exe")
    run(Path(criac), str(folder), "-o", str(program), *flags)
    return program


def logits(program: Path, work: Path, *flags: str) -> bytes:
    run(program, *flags, "--max-tokens", "0", "--dump-logits", str(work / "logits.npy"))
    return (work / "logits.npy").read_bytes()


def check_prompts(program: Path, work: Path, goldens: Path, template: str) -> None:
    """What is read with --chat is what is read with the ids of transformers: the logits are equal to the last bit."""
    golden = json.loads((goldens / "chat/dialogs.json").read_text())
    rows = next(part["rows"] for part in golden["templates"] if part["template"] == template)
    checked = 0
    for row in rows:
        messages = golden["dialogs"][row["dialog"]]
        system = [m["content"] for m in messages if m["role"] == "system"]
        if [m["role"] for m in messages] not in (["user"], ["system", "user"]) or len(row["ids"]) > 250:
            continue
        flags = ["--chat", "--prompt", messages[-1]["content"], "--date", "2024-07-26"]
        flags += ["--system", system[0]] if system else []
        for name, value in row.get("arguments", {}).items():
            flags += ["--chat-arg", f"{name}={json.dumps(value)}"]
        ids = ",".join(map(str, row["ids"]))
        assert logits(program, work, *flags) == logits(program, work, "--token-ids", ids), (template, row["dialog"])
        checked += 1
    assert checked >= 5, checked


def encode(text: str, letters: dict[str, int]) -> list[int]:
    """Every byte a token, named by the byte alphabet of GPT-2."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    alphabet = {byte: chr(byte) for byte in printable} | {byte: chr(256 + i) for i, byte in enumerate(others)}
    return [letters[alphabet[byte]] for byte in text.encode()]


def check_dialogue(program: Path, folder: Path) -> None:
    """Each answer of a dialogue against a program that starts with the ids of all of it."""
    letters = json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"]
    answer_flags = ["--print-token-ids", "--max-tokens", "6", "--temperature", "0"]
    done = run(program, "--chat", "--interactive", "--ignore-eos", *answer_flags, lines="\n".join(LINES))
    answers = [list(map(int, line.split(","))) for line in done.stdout.splitlines()]
    assert len(answers) == len(LINES), done
    start, end, newline = SPECIAL["<|im_start|>"], SPECIAL["<|im_end|>"], encode("\n", letters)
    message = lambda role, text: [start, *encode(role + "\n" + text, letters), end, *newline]  # noqa: E731
    ids = []
    for line, answer in zip(LINES, answers):
        ids += message("user", line)
        prompt = ids + [start, *encode("assistant\n", letters)]
        alone = run(program, "--token-ids", ",".join(map(str, prompt)), "--ignore-eos", *answer_flags)
        assert alone.stdout.strip() == ",".join(map(str, answer)), (line, alone.stdout, answer)
        # The template writes an answer as text, which is not always the tokens that were generated.
        text = run(program, "--token-ids", ",".join(map(str, prompt)), "--ignore-eos", *answer_flags[1:]).stdout[:-1]
        ids += message("assistant", text)


def check_refusals(criac: str, work: Path, goldens: Path) -> None:
    folder = model(work, goldens, "alternate", {})
    (folder / "chat_template.jinja").write_text("{{ messages[0].content }}\n{{ raise_exception('no <chat>') }}")
    done = run(compile_model(criac, folder), "--chat", "--prompt", "a", code=1)
    assert f"{folder}/chat_template.jinja: line 2: no <chat>\n" in done.stderr, done.stderr
    (folder / "chat_template.jinja").write_text("{{ messages | unheard }}")
    assert "unheard" in run(Path(criac), str(folder), code=1).stderr
    done = run(compile_model(criac, folder, "--no-chat-template"), "--chat", "--prompt", "a", code=1)
    assert "without a chat template" in done.stderr, done.stderr
    given = goldens / "chat/templates/chatml.jinja"
    run(compile_model(criac, folder, f"--chat-template={given}"), "--chat", "--prompt", "a", "--max-tokens", "1")
    (folder / "chat_template.jinja").unlink()
    done = run(compile_model(criac, folder), "--chat", "--prompt", "a", code=1)
    assert "has no chat template" in done.stderr and "tokenizer_config.json" in done.stderr, done.stderr


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--criac", required=True)
    parser.add_argument("--goldens", type=Path, required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        tokens = {"eos_token": "<|im_end|>", "pad_token": {"content": "<|end_of_text|>"}}
        for template in ("chatml", "thinking"):
            folder = model(work, arguments.goldens, template, tokens)
            program = compile_model(arguments.criac, folder)
            check_prompts(program, work, arguments.goldens, template)
            if template == "thinking":
                check_dialogue(program, folder)
        check_refusals(arguments.criac, work, arguments.goldens)


if __name__ == "__main__":
    main()
