//===- Budget.h - How much one rendering may cost ---------------*- C++ -*-===//
#pragma once
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace cria::rt::chat {

/// A fault that a template meets while it is rendered, without its place.
struct RenderError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Bounds the time and memory of one rendering, whatever the template says. Real templates stay
/// far below. Every spending throws a RenderError when the budget is exhausted.
class Budget {
public:
  /// `given` is the size in bytes of the variables that the template starts with.
  explicit Budget(size_t given) : steps_(mostSteps + 2 * given), bytes_(mostBytes + 64 * given) {}

  /// One evaluated node, or about 64 bytes looked at.
  void step(size_t count = 1) {
    if (count > steps_)
      throw RenderError("the template takes too many steps");
    steps_ -= count;
  }
  /// Memory for values and output, over the whole rendering. Must precede the allocation.
  void allocate(size_t bytes) {
    if (bytes > bytes_)
      throw RenderError("the template makes too much text");
    bytes_ -= bytes;
    step(bytes / 64);
  }
  /// `count` pieces of `bytes` each.
  void allocate(size_t count, size_t bytes) {
    allocate(bytes != 0 && count > bytes_ / bytes ? bytes_ + 1 : count * bytes);
  }

  /// How deep nodes, macros and values may nest.
  static constexpr int mostLevels = 800;
  static constexpr int mostValueDepth = 64;

private:
  static constexpr size_t mostBytes = 64 << 20;
  static constexpr size_t mostSteps = 10'000'000;
  size_t steps_, bytes_;
};

} // namespace cria::rt::chat
