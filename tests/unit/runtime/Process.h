//===- Process.h - Runs a program and keeps what it says --------*- C++ -*-===//
#pragma once
#include <string>
#include <vector>

namespace test {

struct Result {
  int code; ///< exit code; -N if signal N ended it
  std::string out, err;
};

/// Runs `program` with `input` as its standard input. Its output goes to `outFd` if that is
/// not -1, and is not kept then.
Result runProgram(const std::string &program, const std::vector<std::string> &arguments,
                  const std::string &input = {}, int outFd = -1);

} // namespace test
