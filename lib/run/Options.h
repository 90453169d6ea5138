//===- Options.h - What cria-run is asked for -------------------*- C++ -*-===//
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cria::run {

enum class Mode { compiled, reference, compare };

struct Options {
  std::string file;                   ///< IR; "-" is standard input
  std::string entry;                  ///< a function; empty: the only one
  std::string after = "model";        ///< the phase that made the text
  std::vector<std::string> arguments; ///< .npy files, or integers for those of type index
  std::vector<std::pair<std::string, std::string>> params; ///< names and .npy files
  std::optional<std::int64_t> randomSeed;                  ///< for all other parameters
  std::vector<std::string> outputs;                        ///< where the first results go
  std::string wasm; ///< where to write all functions as WebAssembly, and run none; or empty
  std::string fuse, noFuse;
  std::int64_t cores = 0; ///< to split work across; 0: those of this machine
  Mode mode = Mode::compiled;
  double tolerance = 1e-5; ///< of the greatest expected magnitude
  bool unchecked = false;  ///< run the code without running the reference first
};

} // namespace cria::run
