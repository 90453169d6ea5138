//===- Names.cpp - Names of weights ---------------------------------------===//
#include "spec/Names.h"
#include <set>
#include <utility>

namespace cria::spec {
namespace {

/// Kind of the branch that contains a norm, which determines the norm's name in Llama checkpoints.
enum class Branch { none, attention, feed_forward };

Branch kindOf(const std::vector<Node> &nodes) {
  for (const Node &node : nodes) {
    if (std::holds_alternative<Attention>(node))
      return Branch::attention;
    if (std::holds_alternative<SwiGlu>(node))
      return Branch::feed_forward;
  }
  return Branch::none;
}

class Namer {
public:
  void visit(std::vector<Node> &nodes) {
    Branch outer = std::exchange(branch, kindOf(nodes));
    for (Node &node : nodes)
      std::visit([this](auto &n) { name(n); }, static_cast<Node::variant &>(node));
    branch = outer;
  }

private:
  void name(Embed &n) { n.name = table = fresh("model.embed_tokens"); }
  void name(RmsNorm &n) {
    if (prefix.empty() && branch == Branch::none)
      n.name = fresh("model.norm");
    else
      n.name = fresh(branch == Branch::feed_forward ? inLayer("post_attention_layernorm")
                                                    : inLayer("input_layernorm"));
  }
  void name(Attention &n) { n.name = fresh(inLayer("self_attn")); }
  void name(SwiGlu &n) { n.name = fresh(inLayer("mlp")); }
  void name(Unembed &n) { n.name = n.tied ? table : fresh("lm_head"); }
  void name(Residual &n) { visit(n.branch); }
  void name(Repeat &n) {
    // Each repeat has its own prefix: model.layers, model.layers_2.
    prefix = fresh("model.layers") + ".{}.";
    visit(n.body);
    prefix.clear();
  }

  std::string inLayer(const char *part) const {
    return (prefix.empty() ? "model." : prefix) + part;
  }

  std::string fresh(const std::string &wanted) {
    std::string name = wanted;
    for (int i = 2; !taken.insert(name).second; ++i)
      name = wanted + "_" + std::to_string(i);
    return name;
  }

  std::set<std::string> taken;
  std::string prefix, table;
  Branch branch = Branch::none;
};

} // namespace

void name_weights(Model &model) { Namer().visit(model.nodes); }

} // namespace cria::spec
