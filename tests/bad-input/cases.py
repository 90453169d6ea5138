"""Bad inputs: one row each, with what the one line of the message must say."""

from dataclasses import dataclass
from typing import Callable

from model import (WEIGHTS, config, edit, element, index, make_folder, raw_weights,
                   remove, tensor, tokenizer, truncate, weights, write)


@dataclass
class Case:
    """Arguments may have {folder}, the model; {out}, an empty folder; {new}, a file not there yet; and {full}, a
    device without space."""

    name: str
    says: list[str]
    change: Callable = lambda folder: None
    args: tuple[str, ...] = ()
    output: str = "{new}"  # of criac
    full_disk: bool = False  # files may not grow
    stdout: str | None = None  # a file for standard output


NORM, HEAD, QUERY = "model.norm.weight", "lm_head.weight", "model.layers.0.self_attn.q_proj.weight"
SCALING = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
           "original_max_position_embeddings": 32}

CONFIG = [
    Case("config-missing", ["no config.json"], remove("config.json")),
    Case("config-empty", ["config.json", "not valid JSON"], write("config.json", "")),
    Case("config-truncated", ["config.json", "not valid JSON"], truncate("config.json", -20)),
    Case("config-garbage", ["config.json", "not valid JSON"], write("config.json", b"\x80\xff\0\x01" * 64)),
    Case("config-list", ["config.json", "object"], write("config.json", "[]")),
    Case("config-deep", ["config.json", "nested"], write("config.json", "[" * 100_000)),
    Case("config-folder", ["config.json", "not a regular file"], make_folder("config.json")),
    Case("architectures-text", ["config.json", "architectures", "not a list"], config(architectures="LlamaForCausalLM")),
    Case("model-type", ["config.json", "model_type", "qwen2"], config(model_type="qwen2")),
    Case("model-type-missing", ["config.json", "model_type", "missing"],
         edit("config.json", lambda document: (document.pop("model_type"), document.pop("architectures")))),
    Case("activation", ["config.json", "hidden_act", "tanh"], config(hidden_act="tanh")),
    Case("vocab-zero", ["config.json", "vocab_size", "0"], config(vocab_size=0)),
    Case("hidden-negative", ["config.json", "hidden_size", "-32"], config(hidden_size=-32)),
    Case("hidden-text", ["config.json", "hidden_size", '"32"'], config(hidden_size="32")),
    Case("hidden-list", ["config.json", "hidden_size", "integer"], config(hidden_size=[32])),
    Case("hidden-fraction", ["config.json", "hidden_size", "32.5"], config(hidden_size=32.5)),
    Case("hidden-huge", ["config.json", "hidden_size", "1099511627776"], config(hidden_size=1 << 40)),
    Case("ffn-overflow", ["config.json", "intermediate_size", "9223372036854775807"],
         config(intermediate_size=(1 << 63) - 1)),
    Case("layers-overflow", ["config.json", "num_hidden_layers", "18446744073709551615"],
         config(num_hidden_layers=(1 << 64) - 1)),
    Case("layers-beyond", ["config.json", "num_hidden_layers"], config(num_hidden_layers=10 ** 30)),
    Case("context-zero", ["config.json", "max_position_embeddings", "0"], config(max_position_embeddings=0)),
    Case("heads-not-divisible", ["config.json", "num_attention_heads", "30", "8"],
         config(num_attention_heads=30, num_key_value_heads=8)),
    Case("hidden-not-divisible", ["config.json", "hidden_size", "32", "num_attention_heads", "3"],
         config(num_attention_heads=3, num_key_value_heads=3, head_dim=None)),
    Case("head-dim-odd", ["config.json", "head_dim", "7"], config(head_dim=7)),
    Case("heads-product", ["config.json", "num_attention_heads", "head_dim"],
         config(num_attention_heads=1 << 20, num_key_value_heads=1, head_dim=1 << 20)),
    Case("eps-zero", ["config.json", "rms_norm_eps", "0"], config(rms_norm_eps=0)),
    Case("theta-negative", ["config.json", "rope_theta", "-1"], config(rope_theta=-1)),
    Case("tie-text", ["config.json", "tie_word_embeddings", '"yes"'], config(tie_word_embeddings="yes")),
    Case("dtype", ["config.json", "torch_dtype", "int8"], config(torch_dtype="int8")),
    Case("rope-kind", ["config.json", "rope_scaling.rope_type", '"su"', "linear, dynamic, llama3, yarn"],
         config(rope_scaling={"rope_type": "su", "factor": 2})),
    Case("rope-yarn-context", ["config.json", "original_max_position_embeddings", "-1"],
         config(rope_scaling={"rope_type": "yarn", "factor": 2, "original_max_position_embeddings": -1})),
    Case("rope-factor-missing", ["config.json", "rope_scaling.factor", "missing"],
         config(rope_scaling={"type": "linear"})),
    Case("rope-factor-zero", ["config.json", "rope_scaling.factor", "0"], config(rope_scaling=SCALING | {"factor": 0})),
    Case("rope-frequencies", ["config.json", "rope_scaling.high_freq_factor", "low_freq_factor"],
         config(rope_scaling=SCALING | {"high_freq_factor": 0.5})),
    Case("rope-text", ["config.json", "rope_scaling", '"linear"'], config(rope_scaling="linear")),
    Case("eos-huge", ["config.json", "eos_token_id", "18446744073709551615"], config(eos_token_id=[2, (1 << 64) - 1])),
    Case("bos-list", ["config.json", "bos_token_id", "integer"], config(bos_token_id=[1])),
    Case("generation-eos", ["generation_config.json", "eos_token_id", '"x"'],
         write("generation_config.json", '{"eos_token_id": "x"}')),
]

GENERATION = [
    Case("generation-" + name, ["generation_config.json", *says], write("generation_config.json", text))
    for name, says, text in [
        ("garbage", ["not valid JSON"], "{"),
        ("list", ["not a JSON object"], "[1]"),
        ("deep", ["nested"], "[" * 100_000),
        ("top-p", ["top_p", '"x"'], '{"top_p": "x"}'),
        ("top-k", ["top_k", "1.5"], '{"top_k": 1.5}'),
        ("stops", ["stop_strings", "7"], '{"stop_strings": ["a", 7]}'),
        ("stop-empty", ["stop_strings"], '{"stop_strings": ""}'),
        ("suppress", ["suppress_tokens", "list"], '{"suppress_tokens": 5}'),
        ("bad-words", ["bad_words_ids", "5"], '{"bad_words_ids": [5]}'),
    ]
]

CHECKPOINT = [
    Case("weights-missing", ["model.safetensors"], remove(WEIGHTS)),
    Case("weights-empty", [WEIGHTS, "0 bytes"], write(WEIGHTS, b"")),
    Case("weights-short", [WEIGHTS, "5 bytes"], write(WEIGHTS, b"abcde")),
    Case("weights-cut", [WEIGHTS, "data_offsets", "cut short"], truncate(WEIGHTS, -100)),
    Case("weights-text", [WEIGHTS, "header length"], write(WEIGHTS, b"These are no weights but words.\n")),
    Case("header-too-long", [WEIGHTS, "header length", "9223372036854775807"], raw_weights((1 << 63) - 1, b"{}")),
    Case("header-wraps", [WEIGHTS, "header length", "18446744073709551615"], raw_weights((1 << 64) - 1, b"{}")),
    Case("header-no-json", [WEIGHTS, "not valid JSON"], raw_weights(8, b"nonsense")),
    Case("header-list", [WEIGHTS, "not a JSON object"], raw_weights(2, b"[]")),
    Case("tensor-missing", [HEAD, "missing"], weights(lambda header: header.pop(HEAD))),
    Case("tensor-dtype", [HEAD, "dtype", "I16"], tensor(HEAD, dtype="I16")),
    Case("tensor-dtype-number", [HEAD, "dtype", "7"], tensor(HEAD, dtype=7)),
    Case("tensor-shape", [QUERY, "shape", "[16, 64]", "[32, 32]"], tensor(QUERY, shape=[16, 64])),
    Case("tensor-shape-negative", [QUERY, "shape"], tensor(QUERY, shape=[-32, -32])),
    Case("tensor-shape-overflow", [QUERY, "shape"], tensor(QUERY, shape=[1 << 62, 1 << 62])),
    Case("tensor-outside", [NORM, "data_offsets", "99999999"], tensor(NORM, data_offsets=[99999935, 99999999])),
    Case("tensor-backward", [NORM, "data_offsets"], tensor(NORM, data_offsets=[64, 0])),
    Case("tensors-overlap", ["overlap", HEAD],
         weights(lambda header: header[HEAD].update(data_offsets=[
             offset + 2 if header[HEAD]["data_offsets"][0] == 0 else offset - 2
             for offset in header[HEAD]["data_offsets"]]))),
    Case("index-garbage", ["index.json", "not valid JSON"],
         lambda folder: (remove(WEIGHTS)(folder), write(WEIGHTS + ".index.json", "{")(folder))),
    Case("index-no-map", ["index.json", "weight_map"], index([])),
    Case("index-shard-missing", ["index.json", "gone.safetensors", "missing"], index({HEAD: "gone.safetensors"})),
    Case("index-climbs", ["index.json", "../shard.safetensors"], index({HEAD: "../shard.safetensors"})),
    Case("index-absolute", ["index.json", "/etc/passwd"], index({HEAD: "/etc/passwd"})),
    Case("index-number", ["index.json", HEAD, "3"], index({HEAD: 3})),
]

TOKENIZER = [
    Case("tokenizer-garbage", ["tokenizer.json", "not valid JSON"], write("tokenizer.json", b"\xff\xfe{")),
    Case("tokenizer-truncated", ["tokenizer.json", "not valid JSON"], truncate("tokenizer.json", 1000)),
    Case("tokenizer-list", ["tokenizer.json", "object"], write("tokenizer.json", "[]")),
    Case("tokenizer-model", ["tokenizer.json", "model.type", '"Unigram"', "BPE"], tokenizer("model", "type", "Unigram")),
    Case("tokenizer-no-model", ["tokenizer.json", "model", "missing"],
         edit("tokenizer.json", lambda document: document.pop("model"))),
    Case("tokenizer-normalizer", ["tokenizer.json", "normalizer.type", '"Precompiled"'],
         tokenizer("normalizer", {"type": "Precompiled"})),
    Case("tokenizer-pre", ["tokenizer.json", "pre_tokenizer.type", '"UnicodeScripts"', "--no-tokenizer"],
         tokenizer("pre_tokenizer", {"type": "UnicodeScripts"})),
    Case("tokenizer-metaspace", ["tokenizer.json", "pre_tokenizer.replacement", '"ab"', "one character"],
         tokenizer("pre_tokenizer", {"type": "Metaspace", "replacement": "ab"})),
    Case("tokenizer-decoder", ["tokenizer.json", "decoder.type", '"CTC"'], tokenizer("decoder", {"type": "CTC"})),
    Case("tokenizer-unknown", ["tokenizer.json", "model.unk_token", '"<unk>"', "vocabulary"],
         tokenizer("model", "unk_token", "<unk>")),
    Case("tokenizer-pattern", ["tokenizer.json", "pattern.Regex", "without its )"],
         tokenizer("pre_tokenizer", "pretokenizers", 0, "pattern", "Regex", "(a")),
    Case("tokenizer-merge-unknown", ["tokenizer.json", "model.merges[1]", '"qq"', "vocabulary"],
         tokenizer("model", "merges", 1, "qq e")),
    Case("tokenizer-merge-result", ["tokenizer.json", "model.merges[2]", '"zz"', "vocabulary"],
         tokenizer("model", "merges", 2, ["z", "z"])),
    Case("tokenizer-merge-form", ["tokenizer.json", "model.merges[0]", "the"], tokenizer("model", "merges", 0, "the")),
    Case("tokenizer-merge-number", ["tokenizer.json", "model.merges[0]", "7"], tokenizer("model", "merges", 0, 7)),
    Case("tokenizer-id-twice", ["tokenizer.json", "model.vocab", "257"], tokenizer("model", "vocab", "th", 257)),
    Case("tokenizer-id-negative", ["tokenizer.json", "model.vocab.th", "-1"], tokenizer("model", "vocab", "th", -1)),
    Case("tokenizer-id-huge", ["tokenizer.json", "model.vocab.th", "4294967296"],
         tokenizer("model", "vocab", "th", 1 << 32)),
    Case("tokenizer-no-tokens", ["tokenizer.json", "model.vocab", "no tokens"], tokenizer("model", "vocab", {})),
    Case("tokenizer-special-taken", ["tokenizer.json", "added_tokens[0].content", "259", '"th"'],
         tokenizer("model", "vocab", "th", 259)),
    Case("tokenizer-template", ["tokenizer.json", "<|begin_of_text|>", "300"],
         tokenizer("post_processor", "processors", 1, "special_tokens", "<|begin_of_text|>", "ids", [300])),
    Case("tokenizer-post", ["tokenizer.json", "post_processor.type", '"Other"'],
         tokenizer("post_processor", {"type": "Other"})),
]

CHAT = [
    Case("chat-garbage", ["tokenizer_config.json", "not valid JSON"], write("tokenizer_config.json", "{")),
    Case("chat-number", ["tokenizer_config.json", "chat_template", "7"],
         write("tokenizer_config.json", '{"chat_template": 7}')),
    Case("chat-no-name", ["tokenizer_config.json", "chat_template[0].name", "missing"],
         write("tokenizer_config.json", '{"chat_template": [{"template": "x"}]}')),
    Case("chat-filter", ["tokenizer_config.json: chat_template: line 2", '"from_json"'],
         write("tokenizer_config.json", r'{"chat_template": "x\n{{ y | from_json }}"}')),
    Case("chat-token", ["tokenizer_config.json", "bos_token", "5"],
         write("tokenizer_config.json", '{"chat_template": "x", "bos_token": 5}')),
    Case("chat-unclosed", ["chat_template.jinja: line 1", "endif"], write("chat_template.jinja", "{% if x %}\n")),
    Case("chat-not-utf8", ["chat_template.jinja", "UTF-8"], write("chat_template.jinja", b"\xff\xfe")),
    Case("chat-deep", ["chat_template.jinja: line 1", "deep"],
         write("chat_template.jinja", "{{ " + "(" * 100_000 + "1" + ")" * 100_000 + " }}")),
    Case("chat-missing-file", ["no-such-file"], args=("--chat-template=no-such-file",)),
    Case("chat-flags", ["--chat-template", "--no-chat-template"], args=("--chat-template=x", "--no-chat-template")),
]

COMMAND_LINE = [
    Case("model-missing", ["no-such-model"], lambda folder: folder.rename(folder.parent / "elsewhere")),
    Case("flag-unknown", ["--bogus"], args=("--bogus",)),
    Case("two-models", ["second"], args=("second",)),
    Case("max-seq-zero", ["--max-seq", "0"], args=("--max-seq=0",)),
    Case("max-seq-negative", ["--max-seq", "-5"], args=("--max-seq=-5",)),
    Case("max-seq-huge", ["--max-seq", "99999999999999999999"], args=("--max-seq=99999999999999999999",)),
    Case("emit", ["--emit", "foo"], args=("--emit=foo",)),
    Case("target", ["--target", "bogus"], args=("--target=bogus",)),
    Case("cpu", ["--cpu", "bogus"], args=("--cpu=bogus",)),
    Case("stop-after", ["--stop-after", "bogus"], args=("--stop-after=bogus",)),
    Case("chunk-text", ["--prefill-chunk", "abc"], args=("--prefill-chunk=abc",)),
    Case("chunk-zero", ["--prefill-chunk", "0"], args=("--prefill-chunk=0",)),
    Case("seed-text", ["--random-weights", "x"], args=("--random-weights=x",)),
    Case("kv-dtype", ["--kv-dtype", "int8"], args=("--kv-dtype=int8",)),
    Case("value-missing", ["--emit"], args=("--emit",)),
    Case("output-no-folder", ["no-such-folder"], output="{out}/no-such-folder/model"),
    Case("output-under-file", ["config.json"], output="{folder}/config.json/model"),
    Case("output-folder", ["directory"], output="{out}"),
    Case("output-full", ["full", "No space"], args=("--emit=mlir",), output="{full}"),
    Case("stdout-full", ["standard output", "No space"], args=("--emit=mlir",), output="-", stdout="/dev/full"),
    Case("disk-full", ["cannot write"], args=("--emit=mlir",), full_disk=True),
    Case("disk-full-object", [], args=("--emit=obj",), full_disk=True),
    Case("disk-full-executable", [], full_disk=True),
]

CRIAC = CONFIG + GENERATION + CHECKPOINT + TOKENIZER + CHAT + COMMAND_LINE

WITH_WEIGHTS = ("--weights", "{folder}", "--token-ids", "1,2", "--print-token-ids", "--max-tokens", "1")
CHECK = ("--weights", "{folder}", "--check-weights")
IDS = ("--token-ids", "1,2,3", "--print-token-ids")

EXECUTABLE = [
    Case("no-prompt", ["prompt"]),
    Case("run-flag-unknown", ["--bogus"], args=("--bogus",)),
    Case("prompt-without-quotes", ["upon", "quotes"], args=("Once", "upon", "a", "time")),
    Case("prompt-and-ids", ["--token-ids"], args=("hello", *IDS)),
    Case("ids-empty", ["--token-ids"], args=("--token-ids", "")),
    Case("ids-text", ["--token-ids", "x"], args=("--token-ids", "1,x,3")),
    Case("ids-huge", ["--token-ids", "99999999999"], args=("--token-ids", "99999999999")),
    Case("id-outside", ["320"], args=("--token-ids", "1,320", "--print-token-ids")),
    Case("id-negative", ["-1"], args=("--token-ids=-1", "--print-token-ids")),
    Case("prompt-too-long", ["300", "256"], args=("--token-ids", ",".join(["1"] * 300), "--print-token-ids")),
    Case("prompt-file-missing", ["no-such-file"], args=("--prompt-file", "{out}/no-such-file")),
    Case("prompt-twice", ["--prompt"], args=("--prompt", "a", *IDS)),
    Case("max-tokens-negative", ["--max-tokens", "-1"], args=(*IDS, "--max-tokens=-1")),
    Case("max-tokens-text", ["--max-tokens", "many"], args=(*IDS, "--max-tokens=many")),
    Case("temperature-text", ["--temperature", "hot"], args=(*IDS, "--temperature=hot")),
    Case("temperature-nan", ["--temperature", "nan"], args=(*IDS, "--temperature=nan")),
    Case("top-p-zero", ["--top-p", "0"], args=(*IDS, "--top-p=0")),
    Case("top-k-negative", ["--top-k", "-1"], args=(*IDS, "--top-k=-1")),
    Case("min-p-one", ["--min-p", "1"], args=(*IDS, "--min-p=1")),
    Case("penalty-zero", ["--repeat-penalty", "0"], args=(*IDS, "--repeat-penalty=0")),
    Case("run-seed", ["--seed", "-1"], args=(*IDS, "--seed=-1")),
    Case("threads-zero", ["--threads", "0"], args=(*IDS, "--threads=0")),
    Case("chat-tokens", ["--chat", "chat template"], args=("--chat", "--prompt", "Hi")),
    Case("chat-date", ["--date", "2024-02-30"], args=("--chat", "--prompt", "Hi", "--date=2024-02-30")),
    Case("chat-arg", ["--chat-arg", "JSON"], args=("--chat", "--prompt", "Hi", "--chat-arg=a=b")),
    Case("system-alone", ["--system", "--chat"], args=("--system", "x", "--prompt", "Hi")),
    Case("dump-no-folder", ["no-such-folder"], args=(*IDS, "--dump-logits", "{out}/no-such-folder/x.npy")),
    Case("dump-full", ["full", "No space"], args=(*IDS, "--dump-logits", "{full}")),
    Case("dump-onto-weights", [WEIGHTS, "overwrite"], args=(*WITH_WEIGHTS, "--dump-logits", "{folder}/" + WEIGHTS)),
    Case("embeddings-no-folder", ["no-such-folder"], args=(*IDS, "--embeddings", "{out}/no-such-folder/x.npy")),
    Case("embeddings-without-prompt", ["--embeddings", "prompt"], args=("-i", "--embeddings", "x.npy")),
    Case("logprobs-text", ["--logprobs", "many"], args=(*IDS, "--logprobs=many")),
    Case("context-beyond", ["--context", "100000", "256"], args=(*IDS, "-c", "100000")),
    Case("context-small", ["3", "2"], args=(*IDS, "-c", "2")),
    Case("cache-not-one", ["config.json", "session"], args=(*IDS, "--prompt-cache", "{folder}/config.json")),
    Case("cache-folder", ["regular file"], args=(*IDS, "--prompt-cache", "{out}")),
    Case("cache-no-folder", ["no-such-folder"], args=(*IDS, "--prompt-cache", "{out}/no-such-folder/cache")),
    Case("run-stdout-full", ["standard output", "No space"], args=IDS, stdout="/dev/full"),
    Case("run-weights-missing", ["no-such-weights"], args=(*IDS, "--weights", "{out}/no-such-weights")),
    Case("run-weights-cut", [WEIGHTS, "cut short"], truncate(WEIGHTS, -100), WITH_WEIGHTS),
    Case("run-weights-shape", [QUERY, "[16, 64]"], tensor(QUERY, shape=[16, 64]), WITH_WEIGHTS),
    Case("run-weights-dtype", [NORM, "F16"], tensor(NORM, dtype="F16"), WITH_WEIGHTS),
    Case("run-weights-lfs", [WEIGHTS, "git-lfs pointer"],
         write(WEIGHTS, b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n"), WITH_WEIGHTS),
    Case("run-weights-folder", ["adapter_config.json", "adapter"],
         lambda folder: (remove(WEIGHTS)(folder), write("adapter_config.json", "{}")(folder)), WITH_WEIGHTS),
    Case("run-tensor-missing", [HEAD, "missing"], weights(lambda header: header.pop(HEAD)), WITH_WEIGHTS),
    Case("weights-nan", [QUERY, "element 5", "nan"], element(QUERY, 5, b"\xc0\x7f"), CHECK),
    Case("weights-infinite", [NORM, "element 0", "inf"], element(NORM, 0, b"\x80\x7f"), CHECK),
]
