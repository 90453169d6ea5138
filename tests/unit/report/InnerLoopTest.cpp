//===- InnerLoopTest.cpp - The loop a kernel spends its time in -----------===//
#include "report/InnerLoop.h"
#include "catch2/catch.hpp"
#include "llvm/ADT/SmallVector.h"

using namespace cria::report;

namespace {

std::optional<InnerLoop> loopIn(llvm::StringRef text, std::int64_t begin = 0) {
  llvm::SmallVector<llvm::StringRef> lines;
  text.split(lines, '\n');
  return innerLoop(lines, begin);
}

} // namespace

TEST_CASE("the deepest loop is chosen, though another multiplies more") {
  auto loop = loopIn("f:\n"
                     "\tpushq\t%rbx\n"
                     ".LBB0_1:\n"
                     ".LBB0_2:\n"
                     "\tvfmadd231ps\t%ymm1, %ymm2, %ymm3\n"
                     "\t.p2align\t4\n"
                     "\tcmpq\t$1, %rax\n"
                     "\tjne\t.LBB0_2\n"
                     "\tjne\t.LBB0_1\n"
                     ".LBB0_3:\n"
                     "\tvfmadd231ps\t%ymm1, %ymm2, %ymm3\n"
                     "\tvfmadd231ps\t%ymm1, %ymm2, %ymm3\n"
                     "\tjmp\t.LBB0_3\n",
                     100);
  REQUIRE(loop);
  CHECK(loop->first == 104);
  CHECK(loop->last == 107);
  CHECK(loop->instructions == 3);
}

TEST_CASE("loops with calls or branches inside are none, and so is code without loops") {
  CHECK_FALSE(loopIn(".LBB0_1:\n\tcallq\tsinf\n\tjne\t.LBB0_1\n"));
  CHECK_FALSE(loopIn(".LBB0_1:\n\tje\t.LBB0_2\n\tjne\t.LBB0_1\n"));
  CHECK_FALSE(loopIn(".LBB0_1:\n\tje\t.LBB0_3\n.LBB0_2:\n\tjne\t.LBB0_1\n"));
  CHECK_FALSE(loopIn("\tret\n"));
  CHECK_FALSE(loopIn(""));
}

TEST_CASE("of two loops of one depth, the one that multiplies more, also on Arm") {
  auto loop = loopIn(".LBB0_1:\n"
                     "\tldr\tq0, [x1], #16\n"
                     "\tb.ne\t.LBB0_1\n"
                     ".LBB0_2:\n"
                     "\tfmla\tv0.4s, v1.4s, v2.4s\n"
                     "\tsubs\tx8, x8, #1\n"
                     "\tcbnz\tx8, .LBB0_2\n");
  REQUIRE(loop);
  CHECK(loop->first == 4);
  CHECK(loop->last == 6);
}
