//===- ObserverTest.cpp - What a compilation tells while it runs ----------===//
#include "catch2/catch.hpp"
#include "driver/Lowering.h"
#include "driver/Remarks.h"
#include "driver/Source.h"
#include <algorithm>
#include <map>

using namespace cria;
using namespace cria::driver;

namespace {

/// Writes down what it is told.
struct Witness : Observer {
  explicit Witness(bool reads) : reads(reads) {}
  bool readsIr() const override { return reads; }
  void began(llvm::StringRef stage) override { log += "<" + stage.str(); }
  void ended(llvm::StringRef stage, double seconds) override {
    log += ">";
    REQUIRE(seconds >= 0);
  }
  void stepped(const driver::Step &step) override {
    ++steps[step.phase];
    CHECK(step.text.empty() != reads);
    if (reads)
      CHECK((step.text == last) == !step.changed);
    CHECK_FALSE(step.summary.empty());
    unchanged += !step.changed;
    last = step.text.str();
    ops.clear();
    for (const OpLine &op : step.ops)
      ops.push_back({op.line, op.origin.str()});
  }
  void remarked(const FusionRemark &) override { ++remarks; }
  void scheduled(Lowering &lowering) override {
    log += "!";
    CHECK(lowering.entry("decode"));
  }

  bool reads;
  std::string log, last;
  std::vector<std::pair<std::int64_t, std::string>> ops;
  std::map<std::string, int> steps;
  int remarks = 0, unchanged = 0;
};

/// The passes of a pipeline: what commas separate, but for those of options.
std::int64_t wordsOf(llvm::StringRef pipeline) {
  std::int64_t words = 1, depth = 0;
  for (char c : pipeline) {
    depth += (c == '{') - (c == '}');
    words += c == ',' && depth == 0;
  }
  return words;
}

/// A preset.
struct Stories {
  Options options = [] {
    Options made;
    made.model = "stories";
    made.randomSeed = 1;
    return made;
  }();
  Source source = loadSource(options);
  Target target = makeTarget("native", "native");
};

/// Compiles a preset to the LLVM dialect.
void lower(Observer &observer, llvm::StringRef last = phases().back().name) {
  Stories stories;
  Lowering lowering(stories.options, stories.source, stories.target, observer);
  lowering.run(selectFusions("", ""), last);
}

} // namespace

TEST_CASE("an observer is told of every stage, pass and remark") {
  Witness witness(/*reads=*/true);
  lower(witness);
  CHECK(witness.log == "<emit><model><fuse><schedule>!<loops><buffers><cpu>");
  CHECK(witness.unchanged > 0);
  CHECK(witness.remarks > 10);
  for (const Phase &phase : phases()) {
    INFO(phase.name.str());
    auto passes = wordsOf(phase.pipeline) + (phase.name == "model");
    auto expected = phase.name == "fuse" ? passes - 1 + std::int64_t(fusions().size()) : passes;
    CHECK(witness.steps[phase.name.str()] == expected);
  }
}

TEST_CASE("passes make the same code one by one as all at once") {
  Witness witness(/*reads=*/true);
  lower(witness, "buffers");
  Stories stories;
  Lowering atOnce(stories.options, stories.source, stories.target);
  atOnce.run(selectFusions("", ""), "buffers");
  CHECK(witness.last == print(atOnce.module()).text);
}

TEST_CASE("every op of a text has a line, and ops of a block its name") {
  Witness witness(/*reads=*/true);
  lower(witness, "schedule");
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(witness.last).split(lines, '\n');
  std::map<std::string, int> linears;
  for (const auto &[line, origin] : witness.ops) {
    REQUIRE(line < std::int64_t(lines.size()));
    CHECK_FALSE(lines[line].trim().empty());
    if (lines[line].contains("= cria.linear "))
      ++linears[origin];
  }
  // Each in prefill and in decode.
  std::map<std::string, int> expected{{"model.embed_tokens", 2}};
  for (const char *name : {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj",
                           "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"})
    expected[std::string("model.layers.{}.") + name] = 2;
  CHECK((linears == expected));
}

TEST_CASE("text is printed only for those who read it") {
  Witness witness(/*reads=*/false);
  lower(witness, "fuse");
  CHECK(witness.log == "<emit><model><fuse>");
  CHECK(witness.unchanged == 0);
}

TEST_CASE("functions printed side by side are the text that MLIR prints") {
  Stories stories;
  Lowering lowering(stories.options, stories.source, stories.target);
  for (llvm::StringRef phase : {"model", "schedule", "buffers"}) {
    INFO(phase.str());
    lowering.run(selectFusions("", ""), phase);
    std::string expected;
    llvm::raw_string_ostream stream(expected);
    lowering.module().print(stream, mlir::OpPrintingFlags().useLocalScope());
    CHECK(print(lowering.module()).text == expected + "\n");
  }
}

TEST_CASE("several observers are told the same") {
  Witness first(false), second(true);
  Observers both;
  both.add(first);
  CHECK_FALSE(both.readsIr());
  both.add(second);
  CHECK(both.readsIr());
  RemarkList remarks;
  both.add(remarks);
  first.reads = true; // is told of the text as well
  lower(both, "fuse");
  CHECK(first.log == second.log);
  CHECK(first.steps == second.steps);
  CHECK(remarks.all.size() == std::size_t(second.remarks));
}
