//===- KlBase.h - The predictions of another model --------------*- C++ -*-===//
//
// The base file of llama.cpp's --kl-divergence-base, little-endian:
//
//   "_logits_", u32 window size, i32 vocabulary, i32 windows, i32 tokens of all windows,
//   then for each predicted token f32 scale, f32 lowest, u16 steps of each token of the
//   vocabulary, and one more if their number is odd
//
// A log-probability is lowest + scale * step; those more than 16 below the highest are raised to
// that.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "runtime/FileWriter.h"
#include "runtime/Mapping.h"
#include "runtime/evaluate/Windows.h"

namespace cria::rt {

/// The log-probabilities of all tokens at one place.
struct BaseRow {
  float scale, lowest;
  std::span<const uint16_t> steps;

  double logProb(size_t token) const {
    return static_cast<double>(lowest) + static_cast<double>(scale) * steps[token];
  }
};

/// Writes a base file, row by row. The file appears when it is complete.
class KlBaseWriter {
public:
  /// Throws cria::Error, as all members do, and UsageError if `path` is an input.
  KlBaseWriter(const std::string &path, const Windows &windows, int64_t vocab);

  void write(std::span<const float> logits);
  void commit() { file_.commit(); }

private:
  FileWriter file_;
  std::vector<uint16_t> steps_;
};

/// A base file that a model with a tokenizer is compared with.
class KlBase {
public:
  /// Checks all but the rows. Throws cria::Error, also if `model` cannot read its windows.
  static KlBase open(const std::string &path, const Model &model, int64_t context);

  const Windows &windows() const { return windows_; }
  /// The row of the `index`-th predicted token. Throws cria::Error if it holds no
  /// log-probabilities.
  BaseRow row(int64_t index) const;

private:
  std::string path_;
  Mapping file_;
  Windows windows_;
  std::span<const std::byte> rows_;
  size_t vocab_ = 0;
};

} // namespace cria::rt
