//===- Loop.h - What `loop` is inside a for loop ----------------*- C++ -*-===//
#pragma once
#include "runtime/chat/Services.h"
#include <functional>

namespace cria::rt::chat {

/// Walks over items, of which a loop with a condition skips some. The condition is asked as late as
/// jinja does, since the body may change what it depends on.
class Loop {
public:
  using Condition = std::function<bool(const Value &)>;

  /// `condition` may be empty.
  Loop(std::vector<Value> items, Condition condition)
      : items_(std::move(items)), condition_(std::move(condition)) {}

  /// Goes on to the next item; false at the end.
  bool next();
  const Value &current() const { return taken_[index_]; }
  /// The loop is over: its condition cannot be asked any more.
  void close();

  /// loop.NAME, or nothing if there is no such thing; `self` is the loop as a value.
  std::optional<Value> attribute(Services &services, const Value &self, std::string_view name);
  /// loop.changed(VALUES): whether they differ from those of the last call.
  bool changed(Services &services, const std::vector<Value> &values);
  std::int64_t index0() const { return static_cast<std::int64_t>(index_); }

private:
  bool has(size_t index);
  std::int64_t length();

  std::vector<Value> items_; ///< all
  Condition condition_;
  size_t asked_ = 0;         ///< items that the condition was asked about
  std::vector<Value> taken_; ///< those that passed
  size_t index_ = 0;
  bool started_ = false, closed_ = false;
  std::optional<std::vector<Value>> last_; ///< of changed()
};

} // namespace cria::rt::chat
