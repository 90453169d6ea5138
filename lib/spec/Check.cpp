//===- Check.cpp - The rules of the language, for graphs ------------------===//
#include "spec/Check.h"
#include "cria/spec.hpp"
#include "support/Error.h"

namespace cria::spec {
namespace {

flow throughAll(flow in, const std::vector<Node> &nodes);

flow throughNode(flow in, const Embed &n) { return through(in, embed{n.vocab, n.hidden}); }
flow throughNode(flow in, const RmsNorm &n) {
  return n.kind == RmsNorm::Kind::rms ? through(in, rms_norm{n.eps})
                                      : through(in, layer_norm{n.eps});
}
flow throughNode(flow in, const Attention &n) {
  return through(in,
                 attention{n.heads, n.kv_heads, n.head_dim, n.rope, n.bias, n.no_rope_interval});
}
flow throughNode(flow in, const SwiGlu &n) {
  switch (n.gate) {
  case SwiGlu::Gate::gelu:
    return through(in, geglu{n.ffn, n.bias});
  case SwiGlu::Gate::relu:
    return through(in, reglu{n.ffn, n.bias});
  default:
    return through(in, swiglu{n.ffn, n.bias});
  }
}
flow throughNode(flow in, const Unembed &n) { return through(in, unembed{n.vocab, n.tied}); }
flow throughNode(flow in, const Residual &n) {
  in = in.at(residual_of<chain_of<>>::label);
  flow inner = enter_residual(in, n.branch.empty());
  return inner.ok() ? leave_residual(in, throughAll(inner, n.branch)) : inner;
}
flow throughNode(flow in, const Repeat &n) {
  in = in.at(repeat_of<chain_of<>>::label);
  flow inner = enter_repeat(in, n.times, n.body.empty());
  return inner.ok() ? leave_repeat(in, n.times, throughAll(inner, n.body)) : inner;
}

flow throughAll(flow in, const std::vector<Node> &nodes) {
  for (const Node &node : nodes) {
    if (!in.ok())
      break;
    in = std::visit([&in](const auto &n) { return throughNode(in, n); },
                    static_cast<const Node::variant &>(node));
  }
  return in;
}

void refuse(const flow &result, const Spec &spec, const std::string &file) {
  if (!result.ok())
    throw Error(file + ": " + spec.model.name + ": " + words(result.why));
}

} // namespace

std::string words(const fault &why) {
  std::string text;
  why.say([&text](char c) { text += c; });
  return text;
}

measured measure(const Model &model) {
  flow in = through(flow{}, trained{model.max_context, model.dtype});
  return {finish_model(throughAll(in, model.nodes))};
}

planned measure(const measured &model, const Plan &how) {
  return plan_for(model, plan{how.target.c_str(), how.cpu.c_str(), how.weights, how.cache,
                              how.quantise.c_str(), how.products.c_str(), how.fuse.c_str(),
                              how.no_fuse.c_str(), how.max_seq, how.chunk});
}

void check(const Spec &spec, const std::string &file) {
  measured model = measure(spec.model);
  refuse(model.result, spec, file);
  refuse(measure(model, spec.plan).result, spec, file);
}

} // namespace cria::spec
