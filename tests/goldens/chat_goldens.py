"""Writes chat/snippets.json and chat/dialogs.json: what jinja2, set up by transformers, makes of the templates
of chat_snippets.py and chat/templates, and the tokens of the latter as transformers' apply_chat_template has them.

The clock stands still at DATE. See README.md for the form of the files.
"""

import datetime
import json
import logging
from pathlib import Path

import transformers.utils.chat_template_utils as utils
from tokenizers import AddedToken, Tokenizer
from transformers import PreTrainedTokenizerFast

from chat_snippets import VARIABLES, snippets

HERE = Path(__file__).parent
DATE = (2024, 7, 26)


class Still(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(*DATE)


utils.datetime = Still


def user(text):
    return {"role": "user", "content": text}


def system(text):
    return {"role": "system", "content": text}


def assistant(text):
    return {"role": "assistant", "content": text}


DIALOGS = {
    "one": [user("Hi there")],
    "system": [system("Be brief."), user("2+2?")],
    "turns": [user("Hi"), assistant("<think>\nhm\n</think>\n\nHello!"), user("And now?")],
    "system-turns": [system("You are\nnice."), user("a"), assistant("b"), user("c"), assistant(" d "), user("e")],
    "empty-system": [system(""), user("x")],
    "unicode": [system("Ünï \"q\" 'r' <b>&amp;</b>"), user("Привет, 世界! 😀 \\n \"q\"")],
    "space": [system("  padded \n"), user("\n  hello\t \n\n")],
    "empty": [user("")],
    "two-users": [user("a"), user("b")],
    "late-system": [user("a"), system("late"), user("b")],
}
# tokenizer, and the special tokens that a template sees
TOKENIZERS = {
    "large": {"bos_token": "<|begin_of_text|>", "eos_token": "<|eot_id|>"},
    "pairs": {"bos_token": "<｜begin▁of▁sentence｜>", "eos_token": "<｜end▁of▁sentence｜>"},
    "chatml": {"eos_token": "<|im_end|>", "pad_token": "<|end_of_text|>"},
}
TEMPLATES = {"llama3": "large", "dated": "large", "chatml": "chatml", "thinking": "chatml", "r1": "pairs",
             "alternate": "pairs", "macros": "large", "spaces": "large"}


def tokenizer_file(name: str) -> Path:
    """ChatML's is that of bytes with the two tokens of the format."""
    if name != "chatml":
        return HERE / f"tokenizer/{name}.tokenizer.json"
    path = HERE / "chat/chatml.tokenizer.json"
    tokenizer = Tokenizer.from_file(str(HERE / "tokenizer/bytes.tokenizer.json"))
    tokenizer.add_special_tokens([AddedToken(t, special=True) for t in ("<|im_start|>", "<|im_end|>")])
    tokenizer.save(str(path), pretty=False)
    return path


def snippet_row(template: str) -> dict:
    row = {"template": template}
    try:
        compiled = utils._compile_jinja_template(template)
    except Exception:
        return row | {"refused": "parse"}
    try:
        return row | {"text": compiled.render(**VARIABLES)}
    except Exception:
        return row | {"refused": "render"}


def dialog_row(tokenizer, dialog: str, arguments: dict) -> dict:
    row = {"dialog": dialog} | ({"arguments": arguments} if arguments else {})
    make = lambda **how: tokenizer.apply_chat_template(  # noqa: E731
        DIALOGS[dialog], add_generation_prompt=True, **how, **arguments)
    try:
        return row | {"text": make(tokenize=False), "ids": make(return_dict=False)}
    except Exception:
        return row | {"refused": True}


def template_part(name: str) -> dict:
    tokens = TOKENIZERS[TEMPLATES[name]]
    source = (HERE / f"chat/templates/{name}.jinja").read_text()
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(tokenizer_file(TEMPLATES[name])), chat_template=source, **tokens)
    rows = [dialog_row(tokenizer, dialog, {}) for dialog in DIALOGS]
    for arguments in ({"enable_thinking": False}, {"date_string": "01 Jan 2020"}):
        rows.append(dialog_row(tokenizer, "system", arguments))
    return {"template": name, "tokenizer": tokenizer_file(TEMPLATES[name]).name, "tokens": tokens, "rows": rows}


def write(name: str, document: dict) -> None:
    """One row a line."""
    lines = json.dumps(document, ensure_ascii=False).replace('}, {"template"', '},\n{"template"').replace('}, {"dialog"', '},\n{"dialog"')
    (HERE / "chat" / name).write_text(lines + "\n")


def make_chat() -> None:
    logging.disable(logging.WARNING)
    write("snippets.json", {"date": DATE, "variables": VARIABLES, "rows": [snippet_row(t) for t in snippets()]})
    write("dialogs.json", {"date": DATE, "dialogs": DIALOGS, "templates": [template_part(name) for name in TEMPLATES]})


if __name__ == "__main__":
    make_chat()
