//===- Services.h - What builtins of templates work with --------*- C++ -*-===//
#pragma once
#include "runtime/Fail.h"
#include "runtime/chat/Budget.h"
#include "runtime/chat/Clock.h"
#include "runtime/chat/Value.h"

namespace cria::rt::chat {

template <class... Args>
[[noreturn]] void refuse(fmt::format_string<Args...> format, Args &&...args) {
  throw RenderError(fmt::format(format, std::forward<Args>(args)...));
}

/// Makes values within the budget of one rendering. All members throw RenderError.
class Services {
public:
  Services(size_t given, const Clock &clock) : budget(given), clock(clock) {}
  Services(const Services &) = delete;
  ~Services();

  Budget budget;
  const Clock clock;

  Value make(Text text, bool safe = false);
  Value make(std::vector<Value> items, Flavor flavor = Flavor::list);
  /// Of equal keys, the first keeps its place and the last gives the value.
  Value make(std::vector<std::pair<Value, Value>> entries);
  Value makeTuple(Value first, Value second);
  Value bind(const Builtin &builtin, const Value &self);
  std::shared_ptr<Namespace> makeNamespace();
  void assign(Namespace &space, const std::string &name, const Value &value);

  /// What iterating over `value` gives; an iterator is empty afterwards.
  std::vector<Value> items(const Value &value);
  /// Python's len().
  std::int64_t length(const Value &value);
  /// Python's `needle in container`.
  bool contains(const Value &container, const Value &needle);
  /// == and an order, within the budget.
  bool equals(const Value &a, const Value &b);
  int order(const Value &a, const Value &b);
  /// Pairs in the order of their first values; equal ones stay in order.
  std::vector<std::pair<Value, Value>> sorted(const std::vector<std::pair<Value, Value>> &pairs,
                                              bool reverse = false);

  /// jinja's OBJECT.NAME, OBJECT[KEY] and a dotted path as the filters have it.
  Value attribute(const Value &object, std::string_view name);
  Value item(const Value &object, const Value &key);
  Value path(const Value &object, const Value &path);
  /// Python's OBJECT[FIRST:LAST:STEP]; each may be None.
  Value slice(const Value &object, const Value &first, const Value &last, const Value &step);

  /// Python's str() and repr().
  Text print(const Value &value);
  Text repr(const Value &value);

private:
  std::vector<std::shared_ptr<Namespace>> spaces_; ///< emptied in the end: they may form cycles
};

/// `value`, which must not be undefined.
const Value &defined(const Value &value);
/// `value` as text, which `what` must be.
const Text &textOf(const Value &value, std::string_view what);
std::int64_t integerOf(const Value &value, std::string_view what);

/// Python's repr() of a float.
std::string pythonReal(double value);

} // namespace cria::rt::chat
