#include "spec/Check.h"
#include "TestSupport.h"

using namespace cria::spec;

namespace {

std::string refusal(Model model) {
  return test::errorOf([&] { check({std::move(model), {}}, "file"); });
}

std::vector<Node> &branch(Model &model, std::size_t i) {
  return std::get<Residual>(std::get<Repeat>(model.nodes[1]).body[i]).branch;
}

} // namespace

TEST_CASE("a graph without fault passes") {
  check({test::everyBlock(), {}}, "file");
  SUCCEED();
}

TEST_CASE("graphs are refused with the same sentences as specs") {
  Model model = test::everyBlock();
  SECTION("heads") {
    std::get<Attention>(branch(model, 0)[1]).heads = 5;
    CHECK(refusal(model) ==
          "file: every_block: block.attention: 5 query heads cannot share 2 kv heads");
  }
  SECTION("rope") {
    std::get<Attention>(branch(model, 0)[1]).rope.scaling.factor = 0;
    CHECK(refusal(model) ==
          "file: every_block: block.attention.rope: the scaling factor is not in 1 ... 1e6");
  }
  SECTION("an empty branch") {
    branch(model, 1).clear();
    CHECK(refusal(model) == "file: every_block: block.residual: the branch is empty");
  }
  SECTION("repeats in repeats") {
    std::vector<Node> &body = std::get<Repeat>(model.nodes[1]).body;
    body.push_back(Repeat{2, body});
    CHECK(refusal(model) == "file: every_block: block.repeat: repeats cannot be nested: weights "
                            "would have no names");
  }
  SECTION("context") {
    model.max_context = 0;
    CHECK(refusal(model) == "file: every_block: trained: context 0 is not positive");
  }
  SECTION("the gates") {
    std::get<SwiGlu>(std::get<Residual>(model.nodes[2]).branch[0]).ffn = 0;
    CHECK(refusal(model) == "file: every_block: geglu: hidden 0 is not positive");
  }
  SECTION("no head") {
    model.nodes.pop_back();
    CHECK(refusal(model) ==
          "file: every_block: model: its output has width 8: unembed must come last");
  }
  SECTION("nothing") {
    model.nodes.clear();
    CHECK(refusal(model) == "file: every_block: model: has no embed");
  }
}

TEST_CASE("a plan must fit its model") {
  Spec spec{test::everyBlock(), {}};
  spec.plan.max_seq = 17;
  CHECK(test::errorOf([&] { check(spec, "file"); }) ==
        "file: every_block: plan: max_seq 17 exceeds the context of 16 tokens");
  spec.plan.max_seq = 16;
  spec.plan.chunk = 17;
  CHECK(test::errorOf([&] { check(spec, "file"); }) ==
        "file: every_block: plan: a chunk of 17 tokens exceeds max_seq, 16");
}

TEST_CASE("deep nesting is a fault, not a crash") {
  Node node = SwiGlu{4, false, ""};
  for (int i = 0; i < 100; ++i)
    node = Residual{{node}};
  Model model = test::everyBlock();
  model.nodes.insert(model.nodes.begin() + 1, node);
  CHECK(refusal(model) == "file: every_block: residual: blocks are nested more than 16 deep");
}
