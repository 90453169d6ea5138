//===- SourceFaults.cpp - Mistakes of the importer ------------------------===//
#include "Faults.h"

namespace cria::faults {
namespace {

/// Calls `visit` for each `Block` of the model.
template <class Block, class Visit>
bool each(std::vector<spec::Node> &nodes, const Visit &visit) {
  bool found = false;
  for (spec::Node &node : nodes) {
    if (auto *block = std::get_if<Block>(&node)) {
      visit(*block);
      found = true;
    }
    if (auto *residual = std::get_if<spec::Residual>(&node))
      found |= each<Block>(residual->branch, visit);
    if (auto *repeat = std::get_if<spec::Repeat>(&node))
      found |= each<Block>(repeat->body, visit);
  }
  return found;
}

template <class Block, void (*change)(Block &)>
constexpr InSource inEach = {
    [](driver::Source &source) { return each<Block>(source.model.nodes, change); }};

void scaleEps(spec::RmsNorm &norm) { norm.eps *= 1.1; }
void scaleTheta(spec::Attention &attention) { attention.rope.theta *= 1.001; }
void scaleFactor(spec::Attention &attention) { attention.rope.scaling.factor *= 1.01; }
void shortenContext(spec::Attention &attention) { attention.rope.scaling.original_context -= 1; }
void loseScaling(spec::Attention &attention) { attention.rope.scaling = {}; }
void loseBias(spec::Attention &attention) { attention.bias = false; }
void loseGateBias(spec::SwiGlu &gated) { gated.bias = false; }
void useGelu(spec::SwiGlu &gated) { gated.gate = spec::SwiGlu::Gate::gelu; }

bool tieHead(driver::Source &source) {
  auto &embed = std::get<spec::Embed>(source.model.nodes.front());
  auto &head = std::get<spec::Unembed>(source.model.nodes.back());
  head.tied = true;
  head.name = embed.name;
  return true;
}

bool swapNorms(driver::Source &source) {
  const std::string first = "model.layers.{}.input_layernorm",
                    second = "model.layers.{}.post_attention_layernorm";
  return each<spec::RmsNorm>(source.model.nodes, [&](spec::RmsNorm &norm) {
    if (norm.name == first)
      norm.name = second;
    else if (norm.name == second)
      norm.name = first;
  });
}

bool loseLayer(driver::Source &source) {
  return each<spec::Repeat>(source.model.nodes, [](spec::Repeat &repeat) { --repeat.times; });
}

constexpr Fault faults[] = {
    {"import: eps 10 % too large", inEach<spec::RmsNorm, scaleEps>},
    {"import: rope theta 0.1 % too large", inEach<spec::Attention, scaleTheta>},
    {"import: rope scaling's factor 1 % too large", inEach<spec::Attention, scaleFactor>},
    {"import: rope scaling's context one short", inEach<spec::Attention, shortenContext>},
    {"import: rope scaling lost", inEach<spec::Attention, loseScaling>},
    {"import: attention's biases lost", inEach<spec::Attention, loseBias>},
    {"import: feed-forward's biases lost", inEach<spec::SwiGlu, loseGateBias>},
    {"import: gelu for silu", inEach<spec::SwiGlu, useGelu>},
    {"import: head taken for tied", {InSource{tieHead}}},
    {"import: norms of a layer swapped", {InSource{swapNorms}}},
    {"import: last layer lost", {InSource{loseLayer}}},
};

} // namespace

llvm::ArrayRef<Fault> sourceFaults() { return faults; }

} // namespace cria::faults
