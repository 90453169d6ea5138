"""Tokenizers of many kinds, small, as Llama-architecture models of Hugging Face have them."""

import json

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from tokenizer_texts import CODE, CONTRACTIONS, EMOJI, SCRIPTS, runs

MARK = "▁"
LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)"
          r"|\s+")
QWEN2 = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")
CL100K = (r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]"
          r"|\s+(?!\S)|\s")
UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
TEKKEN = (rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+|[^\r\n\p{{L}}\p{{N}}]?{UPPER}+{LOWER}*|\p{{N}}"
          r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
DEEPSEEK = [r"\p{N}{1,3}", "[一-龥぀-ゟ゠-ヿ]+",
            r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*"
            r"|\s*[\r\n]+|\s+(?!\S)|\s+"]
DEEPSEEK_CODER = [r"[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", "[一-龥ࠀ-一가-퟿]+", r"\p{N}"]
HAN = r"[\p{Han}]+|[^\r\n\p{L}\p{N}]?[\p{L}&&[^\p{Han}]]+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
WORDS = r"\b\w+\b|(?<=\d)[a-z]+?(?=\W)|^ +| +$|[[:punct:]]{2,3}?|(?>\s+)|.|\n"
SPECIALS = ["<unk>", "<s>", "</s>"]


def training() -> list[str]:
    return (SCRIPTS + EMOJI + CONTRACTIONS + CODE) * 3


def learn(pre_tokenizer, size: int, alphabet: list[str], limit: int | None) -> dict:
    """Vocabulary and merges of a BPE model."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.train_from_iterator(training(), trainers.BpeTrainer(
        vocab_size=size, show_progress=False, initial_alphabet=alphabet, **({"limit_alphabet": limit} if limit else {})))
    return json.loads(tokenizer.to_str())["model"]


def sentencepiece(bytes_from: int = 0, bytes_to: int = 256, **flags) -> dict:
    """A model as converters make it of a SentencePiece file: special tokens, bytes, pieces."""
    learnt = learn(pre_tokenizers.Metaspace(), 330, [], 90)
    fallback = [f"<0x{byte:02X}>" for byte in range(bytes_from, bytes_to)]
    names = SPECIALS + fallback + list(learnt["vocab"])
    return {"type": "BPE", "unk_token": "<unk>", "fuse_unk": True, "byte_fallback": bool(fallback), "ignore_merges": False,
            "vocab": {name: i for i, name in enumerate(names)},
            "merges": [" ".join(pair) for pair in learnt["merges"]]} | flags


def byte_level(**flags) -> dict:
    learnt = learn(pre_tokenizers.ByteLevel(add_prefix_space=False), 340, sorted(pre_tokenizers.ByteLevel.alphabet()), None)
    return learnt | {"fuse_unk": False, "byte_fallback": False} | flags


def dump(step) -> dict | None:
    """A step of `tokenizers` as JSON."""
    return step and json.loads(step.__getstate__())


def added(content: str, index: int, special: bool = True, **flags) -> dict:
    return {"id": index, "content": content, "single_word": False, "lstrip": False, "rstrip": False,
            "normalized": False, "special": special} | flags


def build(model: dict, *, normalizer=None, pre_tokenizer=None, decoder=None, post_processor=None,
          tokens: list[dict] | None = None) -> dict:
    """A tokenizer.json; `tokens` without an id get the next one."""
    vocab = model["vocab"]
    if tokens is None:
        tokens = [added(name, 0) for name in SPECIALS]
    next_id = len(vocab)
    for token in tokens:
        token["id"] = vocab.get(token["content"], next_id)
        next_id += token["id"] == next_id
    step = lambda s: s if isinstance(s, dict) else dump(s)  # noqa: E731
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": tokens, "normalizer": step(normalizer),
            "pre_tokenizer": step(pre_tokenizer), "post_processor": step(post_processor), "decoder": step(decoder),
            "model": model}


def bos(token: str = "<s>", index: int = 1):
    return processors.TemplateProcessing(single=f"{token} $A", pair=f"{token} $A {token}:1 $B:1",
                                         special_tokens=[(token, index)])


def spm_decoder(strip: bool = True):
    steps = [decoders.Replace(MARK, " "), decoders.ByteFallback(), decoders.Fuse()]
    return decoders.Sequence(steps + ([decoders.Strip(" ", 1, 0)] if strip else []))


def prepended():
    return normalizers.Sequence([normalizers.Prepend(MARK), normalizers.Replace(" ", MARK)])


def metaspace(scheme: str, split: bool):
    return pre_tokenizers.Metaspace(replacement=MARK, prepend_scheme=scheme, split=split)


def splits(*patterns: str, behavior: str = "isolated", invert: bool = False):
    steps = [pre_tokenizers.Split(Regex(p), behavior, invert) for p in patterns]
    return pre_tokenizers.Sequence(steps + [pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def spm(**parts) -> dict:
    model = parts.pop("model", None) or sentencepiece()
    defaults = {"post_processor": bos(), "decoder": spm_decoder()}
    return build(model, **(defaults | parts))


def gpt(pre_tokenizer, **parts) -> dict:
    defaults = {"decoder": decoders.ByteLevel(), "tokens": [added("<|endoftext|>", 0), added("<|im_end|>", 0)]}
    return build(parts.pop("model", None) or byte_level(), pre_tokenizer=pre_tokenizer, **(defaults | parts))


def odd_tokens() -> list[dict]:
    """Added tokens of each sort."""
    return [added("<s>", 0), added("</s>", 0), added("<unk>", 0, normalized=True), added("word", 0, False, single_word=True),
            added("<l>", 0, lstrip=True), added("<r>", 0, rstrip=True), added("<both>", 0, False, lstrip=True, rstrip=True),
            added("Straße", 0, False, normalized=True), added("two words", 0, False, normalized=True),
            added("é", 0, False, single_word=True, normalized=True)]


def metaspace_decoder(scheme: str) -> dict:
    return {"type": "Metaspace", "replacement": MARK, "prepend_scheme": scheme, "split": True}


def all_kinds() -> dict[str, dict]:
    sequence, byte_step = pre_tokenizers.Sequence, pre_tokenizers.ByteLevel
    plain = byte_step(add_prefix_space=False, use_regex=True)
    return {
        "llama2": spm(normalizer=prepended()),
        "llama2-metaspace": spm(pre_tokenizer=metaspace("first", False)),
        "metaspace-always-split": spm(pre_tokenizer=metaspace("always", True), decoder=metaspace_decoder("always")),
        "metaspace-never": spm(pre_tokenizer=metaspace("never", True), decoder=metaspace_decoder("never")),
        "metaspace-old": spm(pre_tokenizer={"type": "Metaspace", "replacement": MARK, "str_rep": MARK,
                                            "add_prefix_space": True}),
        "no-bytes": spm(model=sentencepiece(0, 0), normalizer=prepended()),
        "no-bytes-unfused": spm(model=sentencepiece(0, 0, fuse_unk=False), normalizer=prepended()),
        "some-bytes": spm(model=sentencepiece(0x80, 0xE0), normalizer=prepended()),
        "no-unknown": spm(model=sentencepiece(0, 0, unk_token=None), normalizer=prepended()),
        "ignore-merges": spm(model=sentencepiece(ignore_merges=True), pre_tokenizer=metaspace("first", True)),
        "no-strip": spm(normalizer=normalizers.Replace(" ", MARK), decoder=spm_decoder(strip=False)),
        "odd-tokens": spm(normalizer=prepended(), tokens=odd_tokens()),
        "odd-tokens-lower": gpt(plain, normalizer=normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()]),
                                tokens=odd_tokens()),
        "no-decoder": spm(normalizer=prepended(), decoder=None),
        "smollm": gpt(sequence([pre_tokenizers.Digits(True), plain])),
        "digits-together": gpt(sequence([pre_tokenizers.Digits(False), plain])),
        "qwen2": gpt(splits(QWEN2), normalizer=normalizers.NFC()),
        "nfd": gpt(plain, normalizer=normalizers.NFD()),
        "nfkc": spm(normalizer=normalizers.Sequence([normalizers.NFKC(), prepended()])),
        "nfkd-strip": gpt(plain, normalizer=normalizers.Sequence([normalizers.NFKD(), normalizers.Strip()])),
        "replace-regex": spm(normalizer=normalizers.Sequence([normalizers.Replace(Regex(r"\s+"), " "),
                                                              normalizers.Replace(Regex("^ +"), "")]),
                             pre_tokenizer=metaspace("first", False)),
        "deepseek": gpt(splits(*DEEPSEEK), post_processor=bos("<|endoftext|>", 340)),
        "deepseek-coder": gpt(sequence([dumped for dumped in [pre_tokenizers.Split(Regex(p), "isolated")
                                                              for p in DEEPSEEK_CODER]] + [plain])),
        "gpt2": gpt(byte_step(add_prefix_space=False)),
        "gpt2-prefix": gpt(byte_step(add_prefix_space=True),
                           post_processor=processors.RobertaProcessing(("<|im_end|>", 341), ("<|endoftext|>", 340))),
        "falcon": gpt(sequence([pre_tokenizers.Punctuation("contiguous"), plain, pre_tokenizers.Digits(False),
                                pre_tokenizers.Split(Regex("[0-9][0-9][0-9]"), "isolated")])),
        "cl100k": gpt(splits(CL100K)),
        "tekken": gpt(splits(TEKKEN), model=byte_level(ignore_merges=True)),
        "han": gpt(splits(HAN)),
        "words": gpt(splits(WORDS)),
        "removed": gpt(splits(r"\s+", behavior="removed")),
        "inverted": gpt(splits(r"\p{L}+|\p{N}+", behavior="removed", invert=True)),
        "with-previous": gpt(splits(r"\s", r"\p{P}", behavior="merged_with_previous")),
        "with-next": gpt(splits(r"\s", r"\p{P}", behavior="merged_with_next")),
        "contiguous": gpt(splits(r"\s", r"\p{P}", behavior="contiguous")),
        "string-split": gpt(sequence([pre_tokenizers.Split(" ", "merged_with_next"), pre_tokenizers.Split(".", "isolated"),
                                      byte_step(add_prefix_space=False, use_regex=False)])),
        "whitespace": gpt(sequence([pre_tokenizers.Whitespace(), plain])),
        "whitespace-split": gpt(sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation(), plain])),
        "bert": gpt(sequence([pre_tokenizers.BertPreTokenizer(), plain]),
                    post_processor=processors.BertProcessing(("<|im_end|>", 341), ("<|endoftext|>", 340))),
    }
