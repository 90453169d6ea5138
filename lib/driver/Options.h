//===- Options.h - What a compilation is asked for --------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"
#include <cstdint>
#include <optional>
#include <string>

namespace cria::driver {

enum class Emit { mlir, llvm, assembly, object, shared, executable };

struct Options {
  std::string model;  ///< a Hugging Face folder
  std::string output; ///< "-" is standard output; empty: from the model
  Emit emit = Emit::executable;
  std::string target = "native";          ///< an LLVM triple, or native
  std::string cpu = "native";             ///< as LLVM names it, or native
  std::int64_t maxSeq = 0;                ///< tokens; 0: what the model allows, at most 4096
  std::int64_t chunk = 64;                ///< tokens of a prefill call
  spec::DType kvDtype = spec::DType::f32; ///< storage of keys and values
  std::optional<spec::DType> dtype;       ///< storage of random weights
  std::string stopAfter;                  ///< a phase, or empty
  std::string dumpIr;                     ///< a folder, or empty
  std::optional<std::int64_t> randomSeed; ///< weights are made, not read
  bool embedWeights = false;
  bool verify = false;
  bool time = false;
};

} // namespace cria::driver
