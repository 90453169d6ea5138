//===- Ops.cpp - The ops of a model as functions --------------------------===//
#include "lab/Ops.h"
#include "support/Error.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>

using llvm::formatv;

namespace cria::lab {
namespace {

struct Operand {
  std::string name, type; ///< of type "index", it is a position
};

std::string tensor(std::initializer_list<std::int64_t> shape, const char *element = "f32") {
  std::string type = "tensor<";
  for (std::int64_t size : shape)
    type += std::to_string(size) + "x";
  return type + element + ">";
}

std::string number(double value) { return formatv("{0:e17} : f64", value); }

/// A function of one op. If the last operand is called `into`, the op writes to it; else to a new
/// tensor of type `result`.
std::string function(const std::string &name, const std::string &op, std::vector<Operand> operands,
                     const std::string &attributes, const std::string &result) {
  std::string arguments, used, types, made, into = "%e";
  for (const Operand &operand : operands) {
    arguments += (arguments.empty() ? "%" : ", %") + operand.name + ": " + operand.type;
    if (operand.name == "into") {
      into = "%into";
    } else if (operand.type == "index") {
      used += " at %" + operand.name;
    } else {
      used += (used.empty() ? "%" : ", %") + operand.name;
      types += (types.empty() ? "" : ", ") + operand.type;
    }
  }
  if (into == "%e")
    made = "  %e = tensor.empty() : " + result + "\n";
  return formatv("func.func @{0}({1}) -> {2} {{\n{3}  %r = cria.{4} {5} into {6} {7} : {8} into "
                 "{2}\n  return %r : {2}\n}\n",
                 name, arguments, result, made, op, used, into, attributes, types);
}

std::string scalingText(const spec::RopeScaling &scaling) {
  if (scaling.kind == spec::RopeScaling::Kind::none)
    return "#cria.rope_scaling<none>";
  return formatv("#cria.rope_scaling<llama3, factor = {0}, low_freq_factor = {1}, "
                 "high_freq_factor = {2}, original_context = {3}>",
                 number(scaling.factor), number(scaling.low_freq_factor),
                 number(scaling.high_freq_factor), scaling.original_context);
}

std::string rotaryTable(const std::string &name, std::int64_t pairs, double theta,
                        const spec::RopeScaling &scaling) {
  std::string type = tensor({1, pairs});
  return formatv("func.func @{0}(%position: index) -> ({1}, {1}) {{\n"
                 "  %c = tensor.empty() : {1}\n  %s = tensor.empty() : {1}\n"
                 "  %cos, %sin = cria.rotary_table %position into %c, %s "
                 "{{theta = {2}, scaling = {3}} : {1}, {1}\n"
                 "  return %cos, %sin : {1}, {1}\n}\n",
                 name, type, number(theta), scalingText(scaling));
}

std::string norms(const Sizes &sizes) {
  std::string x = tensor({1, sizes.hidden}), gain = tensor({sizes.hidden}, "bf16");
  std::string few = tensor({1, 8}), fewGains = tensor({8});
  std::string all = function("rms_norm", "rms_norm", {{"x", x}, {"gain", gain}},
                             "{eps = " + number(sizes.eps) + "}", x) +
                    function("layer_norm_8", "layer_norm", {{"x", few}, {"gain", fewGains}},
                             "{eps = " + number(sizes.eps) + "}", few);
  for (auto [name, eps] : {std::pair("0", 0.0), {"1e-5", 1e-5}, {"1e-2", 1e-2}, {"1", 1.0}})
    all +=
        function(llvm::join(llvm::split(std::string("rms_norm_8_eps_") + name, "-"), "_"),
                 "rms_norm", {{"x", few}, {"gain", fewGains}}, "{eps = " + number(eps) + "}", few);
  return all;
}

std::string linear(const std::string &name, std::int64_t depth, std::int64_t width) {
  return function(name, "linear",
                  {{"x", tensor({1, depth})}, {"weight", tensor({width, depth}, "bf16")}}, "",
                  tensor({1, width}));
}

/// Two ops that fuse: a norm and the projection that reads it.
std::string normLinear(const Sizes &sizes) {
  std::string x = tensor({1, sizes.hidden}), gain = tensor({sizes.hidden}, "bf16");
  std::string weight = tensor({sizes.ffn, sizes.hidden}, "bf16"), out = tensor({1, sizes.ffn});
  return formatv("func.func @norm_linear(%x: {0}, %gain: {1}, %weight: {2}) -> {3} {{\n"
                 "  %e = tensor.empty() : {0}\n"
                 "  %n = cria.rms_norm %x, %gain into %e {{eps = {4}} : {0}, {1} into {0}\n"
                 "  %f = tensor.empty() : {3}\n"
                 "  %r = cria.linear %n, %weight into %f : {0}, {2} into {3}\n"
                 "  return %r : {3}\n}\n",
                 x, gain, weight, out, number(sizes.eps));
}

std::string linears(const Sizes &sizes) {
  std::int64_t inner = sizes.heads * sizes.headDim, kv = sizes.kvHeads * sizes.headDim;
  return linear("linear_q", sizes.hidden, inner) + linear("linear_kv", sizes.hidden, kv) +
         linear("linear_o", inner, sizes.hidden) + linear("linear_up", sizes.hidden, sizes.ffn) +
         linear("linear_down", sizes.ffn, sizes.hidden) +
         linear("linear_head", sizes.hidden, sizes.vocab);
}

/// Of the model, without its scaling, and of two other bases; for queries, keys, and one vector.
std::string rotations(const Sizes &sizes) {
  std::int64_t pairs = sizes.headDim / 2;
  std::string all = rotaryTable("rotary_table", pairs, sizes.rope.theta, sizes.rope.scaling) +
                    rotaryTable("rotary_table_unscaled", pairs, sizes.rope.theta, {}) +
                    rotaryTable("rotary_table_10000", pairs, 1e4, {}) +
                    rotaryTable("rotary_table_100", pairs, 100, {});
  std::string table = tensor({1, pairs});
  for (auto [name, heads] :
       {std::pair("rope", sizes.heads), {"rope_k", sizes.kvHeads}, {"rope_1", std::int64_t(1)}})
    for (auto [suffix, pairing] : {std::pair("", 0), {"_interleaved", 1}}) {
      std::string x = tensor({1, heads, sizes.headDim});
      all +=
          function(std::string(name) + suffix, "rope", {{"x", x}, {"cos", table}, {"sin", table}},
                   formatv("{{pairing = {0} : i32}", pairing), x);
    }
  return all;
}

std::string attention(const Sizes &sizes) {
  std::string q = tensor({1, sizes.heads, sizes.headDim});
  std::string rows = tensor({1, sizes.kvHeads, sizes.headDim});
  std::string cache = tensor({sizes.kvHeads, cacheRows, sizes.headDim});
  std::string weights = tensor({1, sizes.heads, cacheRows});
  Operand position{"position", "index"};
  std::string scale = "{scale = " + number(1 / std::sqrt(double(sizes.headDim))) + "}";
  return function("kv_append", "kv_append", {{"rows", rows}, position, {"into", cache}}, "",
                  cache) +
         function("scores", "scores", {{"q", q}, {"keys", cache}, position}, scale, weights) +
         function("softmax", "softmax", {{"x", weights}, position}, "", weights) +
         function("mix", "mix", {{"weights", weights}, {"values", cache}, position}, "", q) +
         function("attend", "attend", {{"q", q}, {"keys", cache}, {"values", cache}, position},
                  scale, q);
}

std::string gates(const Sizes &sizes) {
  std::string all;
  for (const char *gate : {"swiglu", "geglu", "reglu"})
    all += function(gate, gate, {{"gate", tensor({1, sizes.ffn})}, {"up", tensor({1, sizes.ffn})}},
                    "", tensor({1, sizes.ffn}));
  return all;
}

template <class T>
const T *find(const std::vector<spec::Node> &nodes) {
  for (const spec::Node &node : nodes)
    if (const auto *found = std::get_if<T>(&node))
      return found;
  return nullptr;
}

} // namespace

Sizes sizesOf(const driver::Source &source) {
  const std::vector<spec::Node> &nodes = source.model.nodes;
  const auto *embed = find<spec::Embed>(nodes);
  const auto *unembed = find<spec::Unembed>(nodes);
  const auto *repeat = find<spec::Repeat>(nodes);
  const spec::Attention *attention = nullptr;
  const spec::SwiGlu *mlp = nullptr;
  const spec::RmsNorm *norm = find<spec::RmsNorm>(nodes);
  for (const spec::Node &node : repeat ? repeat->body : std::vector<spec::Node>())
    if (const auto *residual = std::get_if<spec::Residual>(&node)) {
      attention = attention ? attention : find<spec::Attention>(residual->branch);
      mlp = mlp ? mlp : find<spec::SwiGlu>(residual->branch);
    }
  using Kind = spec::RopeScaling::Kind;
  bool known =
      embed && unembed && unembed->tied && attention && !attention->bias && mlp && !mlp->bias &&
      mlp->gate == spec::SwiGlu::Gate::silu && norm && norm->kind == spec::RmsNorm::Kind::rms &&
      attention->rope.pairing == spec::RopePairing::half &&
      attention->rope.scaling.kind == Kind::llama3 && source.model.dtype == spec::DType::bf16 &&
      !source.folder.empty() && !source.tokenizer.empty();
  if (!known)
    throw Error(source.model.name + ": the lab is made for Llama 3 folders with tied weights in "
                                    "bf16 and llama3 scaling, such as models/stories");
  return {embed->vocab,        embed->hidden, repeat->times, attention->heads, attention->kv_heads,
          attention->head_dim, mlp->ffn,      norm->eps,     attention->rope};
}

std::string opFunctions(const Sizes &sizes) {
  std::string tokens = tensor({1}, "i32"), table = tensor({sizes.vocab, sizes.hidden}, "bf16");
  std::string stream = tensor({1, sizes.hidden});
  return function("embed", "embed", {{"tokens", tokens}, {"table", table}}, "", stream) +
         norms(sizes) + normLinear(sizes) + linears(sizes) + rotations(sizes) + attention(sizes) +
         gates(sizes) +
         function("residual", "residual", {{"branch", stream}, {"into", stream}}, "", stream);
}

} // namespace cria::lab
