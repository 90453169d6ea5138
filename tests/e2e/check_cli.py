"""The command line of a program: states and log-probabilities of a prompt, prompt caches, interrupts.

    check_cli.py --criac CRIAC --goldens FOLDER --stories FOLDER
"""

import argparse
import fcntl
import json
import math
import os
import pty
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import npy

INTERRUPTED = 130
PIPE = 4096  # bytes, the least that Linux offers: whoever writes more must wait for the reader


def run(*command: object, **options) -> subprocess.CompletedProcess:
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=300, **options)


def output(*command: object, **options) -> str:
    done = run(*command, **options)
    assert done.returncode == 0 and done.stderr == "", done
    return done.stdout


def check_prompt_facts(program: Path, goldens: Path, work: Path) -> None:
    """--embeddings and --logprobs, against transformers."""
    prompt = json.loads((goldens / "tiny/f32/golden.json").read_text())["cases"][1]["prompt"]
    ids = ",".join(map(str, prompt))
    states = work / "states.npy"
    assert output(program, "--token-ids", ids, "--embeddings", states) == ""
    worst, greatest = npy.difference(states, goldens / "generation/hidden.npy")
    assert worst < 1e-5 * greatest, worst

    lines = [json.loads(line) for line in output(program, "--token-ids", ids, "--logprobs=3").splitlines()]
    (_, vocab), logits = npy.read(goldens / "tiny/f32/logits_1.npy")
    assert [line["token"] for line in lines] == prompt and [line["position"] for line in lines] == list(range(7))
    assert lines[0]["logprob"] is None and "text" not in lines[1]
    for position, line in enumerate(lines[1:]):
        row = logits[position * vocab:(position + 1) * vocab]
        total = math.log(sum(map(math.exp, row)))
        best = sorted(range(vocab), key=lambda token: -row[token])[:3]
        assert abs(line["logprob"] - (row[line["token"]] - total)) < 1e-4, line
        assert [entry["token"] for entry in line["top"]] == best
        assert all(abs(entry["logprob"] - (row[entry["token"]] - total)) < 1e-4 for entry in line["top"])


def check_files(program: Path, work: Path) -> None:
    """Outputs follow the umask and replace no input."""
    made = work / "private.npy"
    output(program, "--token-ids", "1", "-n", "0", "--dump-logits", made, umask=0o077)
    assert made.stat().st_mode & 0o777 == 0o600
    output(program, "--token-ids", "1", "-n", "0", "--dump-logits", made, umask=0o022)
    assert made.stat().st_mode & 0o777 == 0o644
    folder = work / "model"
    weights = folder / "model.safetensors"
    link = work / "link"
    link.symlink_to(weights)
    before = weights.read_bytes()
    for flag in ("--dump-logits", "--embeddings", "--prompt-cache"):
        for path in (weights, link, program):
            done = run(program, "--weights", folder, "--token-ids", "1", "--print-token-ids", flag, path)
            assert done.returncode == 2 and "would overwrite" in done.stderr, done
    assert weights.read_bytes() == before and link.is_symlink()
    assert not list(work.glob("*.tmp"))


def check_prompt_cache(program: Path, work: Path) -> None:
    cache, story = work / "cache", "Once upon a time, there was a little girl named Lily."

    def answer(prompt: str, *flags: object) -> str:
        return output(program, prompt, "-n", "20", *flags)

    plain = answer(story)
    assert answer(story, "--prompt-cache", cache) == plain
    first = cache.read_bytes()
    assert answer(story, "--prompt-cache", cache) == plain  # all of it is cached
    assert cache.read_bytes() == first
    done = run(program, story, "-n", "1", "--stats", "--prompt-cache", cache)
    assert "prefill      0 tokens" in done.stderr, done
    longer = story + " She liked to play"
    assert answer(longer, "--prompt-cache", cache) == answer(longer)  # the beginning is
    assert cache.stat().st_size > len(first)
    assert answer("Tom", "--prompt-cache", cache) == answer("Tom")  # next to nothing is
    assert answer(story, "--prompt-cache", cache) == plain
    damaged = bytearray(cache.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    cache.write_bytes(damaged)
    done = run(program, story, "--prompt-cache", cache)
    assert done.returncode == 1 and "checksum" in done.stderr, done
    cache.write_text("a diary")
    done = run(program, story, "--prompt-cache", cache)
    assert done.returncode == 1 and done.stderr.count("\n") == 1, done
    assert cache.read_text() == "a diary"


def small_pipe() -> tuple[int, int]:
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, PIPE)
    return reader, writer


def wait_until_full(reader: int) -> None:
    """Until the writer has to wait."""
    size = bytearray(4)
    for _ in range(15000):
        fcntl.ioctl(reader, 0x541B, size)  # FIONREAD
        if int.from_bytes(size, "little") > PIPE - 16:
            return
        time.sleep(0.01)
    raise SystemExit("the program wrote too little")


def check_interrupt(program: Path) -> None:
    """Once: the answer ends with its line."""
    reader, writer = small_pipe()
    child = subprocess.Popen([program, "--ignore-eos", "--print-token-ids", "-n", "8000", "a"], stdout=writer,
                             stderr=subprocess.PIPE)
    os.close(writer)
    wait_until_full(reader)
    child.send_signal(signal.SIGINT)
    time.sleep(0.1)
    with open(reader) as stream:
        text = stream.read()
    assert child.wait(60) == INTERRUPTED and child.stderr.read() == b""
    assert text.endswith("\n") and PIPE <= len(text) + 16 < 4 * PIPE, len(text)


class Chat:
    """A program at a terminal, with its output in a small pipe."""

    def __init__(self, program: Path) -> None:
        self.reader, writer = small_pipe()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.dup2(writer, 1)
            os.execv(program, [str(program), "--chat", "-i", "--ignore-eos", "--print-token-ids", "-n", "2000"])
        os.close(writer)

    def expect_marker(self) -> None:
        text = b""
        while not text.endswith(b"> "):
            text += os.read(self.terminal, 100)

    def type(self, text: bytes) -> None:
        os.write(self.terminal, text)

    def answer_until_interrupt(self) -> None:
        self.type(b"hello\n")
        wait_until_full(self.reader)
        self.type(b"\x03")
        time.sleep(0.1)
        text = b""
        while not text.endswith(b"\n"):
            text += os.read(self.reader, 100)
        assert len(text) < 2 * PIPE

    def exit_code(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def check_chat_interrupt(program: Path) -> None:
    chat = Chat(program)
    chat.expect_marker()
    chat.answer_until_interrupt()  # the answer ends,
    chat.expect_marker()
    chat.answer_until_interrupt()  # the chat does not
    chat.expect_marker()
    chat.type(b"\x03")
    assert chat.exit_code() == INTERRUPTED

    chat = Chat(program)
    chat.expect_marker()
    chat.type(b"hello\n")
    wait_until_full(chat.reader)
    chat.type(b"\x03")
    time.sleep(0.1)
    chat.type(b"\x03")  # again within the answer
    assert chat.exit_code() == INTERRUPTED

    chat = Chat(program)
    chat.expect_marker()
    chat.type(b"\x04")  # end of input
    assert chat.exit_code() == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--criac", required=True)
    parser.add_argument("--goldens", type=Path, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        shutil.copytree(args.goldens / "tiny/f32", work / "model")
        output(args.criac, work / "model", "-o", work / "tiny")
        check_prompt_facts(work / "tiny", args.goldens, work)
        check_files(work / "tiny", work)

        output(args.criac, args.stories, "-o", work / "stories")
        check_prompt_cache(work / "stories", work)
        bos = run(work / "stories", "<|begin_of_text|>Once", "-n", "1")
        assert "reads it twice" in bos.stderr, bos

        # Random weights and a long context: it talks until it is interrupted.
        folder = work / "endless"
        folder.mkdir()
        config = json.loads((args.stories / "config.json").read_text()) | {"max_position_embeddings": 8192}
        (folder / "config.json").write_text(json.dumps(config))
        shutil.copy(args.stories / "tokenizer.json", folder)
        (folder / "chat_template.jinja").write_text("{% for message in messages %}{{ message.content }}\n{% endfor %}")
        output(args.criac, folder, "-o", work / "program", "--random-weights=1", "--max-seq=8192")
        check_interrupt(work / "program")
        check_chat_interrupt(work / "program")


main()
