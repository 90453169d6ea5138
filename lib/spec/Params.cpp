#include "cria/spec/params.hpp"
#include "support/Error.h"

namespace cria::spec {
namespace {

/// Walks the graph, tracking the width of the stream.
class Walk {
public:
  std::vector<Param> params;

  void visit(const std::vector<Node> &nodes) {
    for (const Node &node : nodes)
      std::visit(*this, static_cast<const Node::variant &>(node));
  }

  void operator()(const Embed &embed) {
    width_ = embed.hidden;
    add(embed.name + ".weight", {embed.vocab, width_});
  }
  void operator()(const RmsNorm &norm) {
    add(norm.name + ".weight", {width_});
    if (norm.kind == RmsNorm::Kind::layer)
      add(norm.name + ".bias", {width_});
  }
  void operator()(const Attention &attention) {
    std::int64_t q = product(attention.heads, attention.head_dim, attention.name);
    std::int64_t kv = product(attention.kv_heads, attention.head_dim, attention.name);
    linear(attention.name + ".q_proj", q, width_, attention.bias);
    linear(attention.name + ".k_proj", kv, width_, attention.bias);
    linear(attention.name + ".v_proj", kv, width_, attention.bias);
    linear(attention.name + ".o_proj", width_, q, attention.bias);
  }
  void operator()(const SwiGlu &mlp) {
    linear(mlp.name + ".gate_proj", mlp.ffn, width_, mlp.bias);
    linear(mlp.name + ".up_proj", mlp.ffn, width_, mlp.bias);
    linear(mlp.name + ".down_proj", width_, mlp.ffn, mlp.bias);
  }
  void operator()(const Unembed &head) {
    if (!head.tied)
      linear(head.name, head.vocab, width_, false);
  }
  void operator()(const Residual &residual) { visit(residual.branch); }
  void operator()(const Repeat &repeat) {
    if (inRepeat_)
      throw Error("spec: repeats cannot be nested: weights would have no names");
    inRepeat_ = true;
    times_ = repeat.times;
    visit(repeat.body);
    inRepeat_ = false;
    times_ = 1;
  }

private:
  void linear(const std::string &name, std::int64_t outputs, std::int64_t inputs, bool bias) {
    add(name + ".weight", {outputs, inputs});
    if (bias)
      add(name + ".bias", {outputs});
  }

  void add(std::string name, std::vector<std::int64_t> shape) {
    if (width_ <= 0)
      throw Error("spec: " + name + ": the width is unknown here: Embed must come first");
    if (inRepeat_ != (name.find("{}") != name.npos))
      throw Error("spec: " + name + ": names inside a repeat, and only those, must contain \"{}\"");
    params.push_back({std::move(name), std::move(shape), times_});
  }

  static std::int64_t product(std::int64_t a, std::int64_t b, const std::string &name) {
    std::int64_t result;
    if (__builtin_mul_overflow(a, b, &result))
      throw Error("spec: " + name + ": heads " + std::to_string(a) + " of head_dim " +
                  std::to_string(b) + " are too many");
    return result;
  }

  std::int64_t width_ = 0;
  std::int64_t times_ = 1;
  bool inRepeat_ = false;
};

} // namespace

std::vector<Param> parameters(const Model &model) {
  Walk walk;
  walk.visit(model.nodes);
  return std::move(walk.params);
}

std::optional<DType> storage_of(const Storages &storages, const std::string &name,
                                std::int64_t layer) {
  auto found = storages.find(name);
  if (found == storages.end())
    return std::nullopt;
  const std::vector<DType> &all = found->second;
  return all.size() > 1 ? all.at(std::size_t(layer)) : all.front();
}

DType storage_of(const Model &model, const Storages &storages, const std::string &name,
                 std::size_t rank, std::int64_t layer) {
  return storage_of(storages, name, layer)
      .value_or(rank == 1 ? vector_storage(model.dtype) : model.dtype);
}

} // namespace cria::spec
