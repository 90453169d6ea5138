//===- KernelNamesTest.cpp - What a kernel is called ----------------------===//
#include "passes/fuse/KernelNames.h"
#include "Parsed.h"

using namespace cria;
using test::Parsed;

namespace {

/// The name of a kernel of linears with the weights of these modules, in a model whose tokens are
/// looked up in "model.embed_tokens".
std::string nameFor(std::initializer_list<const char *> modules) {
  std::string params, reads, linears;
  int i = 0;
  for (const char *module : modules) {
    std::string id = std::to_string(i++);
    params += "cria.param @w" + id + " \"" + module + ".weight\" : tensor<8x8xf32>\n";
    reads += "%w" + id + " = cria.weight %t, @w" + id + " : tensor<8x8xf32>\n";
    linears += "%" + id + " = cria.linear %x, %w" + id +
               " into %x : tensor<1x8xf32>, tensor<8x8xf32> into tensor<1x8xf32>\n";
  }
  Parsed ir(params + "func.func @f(%t: !cria.weights, %x: tensor<1x8xf32>, %i: tensor<1xi32>) {\n" +
            reads +
            "%e = cria.embed %i, %w0 into %x : tensor<1xi32>, tensor<8x8xf32> into "
            "tensor<1x8xf32>\n"
            "cria.kernel \"k\" {\n" +
            linears + "}\nreturn\n}");
  return describe(ir.get<KernelOp>());
}

} // namespace

TEST_CASE("a kernel is called after the weights of its products") {
  // The first is the table of tokens, so its product is the head.
  CHECK(nameFor({"model.embed_tokens"}) == "lm_head");
  CHECK(nameFor({"model.embed_tokens", "model.layers.0.mlp.up_proj"}) == "lm_head_up");
}

TEST_CASE("a kernel without the names of weights is called after its ops") {
  Parsed ir(R"(
func.func @f(%x: tensor<1x8xf32>, %w: tensor<8x8xf32>, %e: tensor<1x8xf32>) {
  cria.kernel "k" {
    %0 = cria.linear %x, %w into %e : tensor<1x8xf32>, tensor<8x8xf32> into tensor<1x8xf32>
    %1 = cria.linear %x, %w into %e : tensor<1x8xf32>, tensor<8x8xf32> into tensor<1x8xf32>
    %2 = cria.residual %0 into %x : tensor<1x8xf32> into tensor<1x8xf32>
  }
  return
})");
  CHECK(describe(ir.get<KernelOp>()) == "linear+residual");
}
