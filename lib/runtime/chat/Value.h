//===- Value.h - The values of a chat template ------------------*- C++ -*-===//
//
// Python's values as far as Jinja templates see them. Lists, dicts and texts never change once
// they are made (the sandbox of chat templates forbids it), so values share them.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "runtime/chat/Text.h"
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <variant>

namespace cria::rt::chat {

class Value;
class Loop;
struct Builtin;
struct MacroNode;
struct Scope;

/// The types that behave like a list. Views are dict.items() and the like; an iterator, such as
/// what the filter `map` returns, can be walked once and has no length.
enum class Flavor { list, tuple, range, view, iterator };

struct Sequence;
struct Dict;
struct Namespace;
struct Callable;

class Value {
public:
  /// Jinja's undefined value; `why` is the message of its use.
  struct Undefined {
    std::shared_ptr<const std::string> why;
  };
  struct None {};
  /// An argument that was not given.
  struct Missing {};

  Value() : data_(None()) {}
  explicit Value(bool value) : data_(value) {}
  explicit Value(std::int64_t value) : data_(value) {}
  explicit Value(double value) : data_(value) {}
  explicit Value(Text text, bool safe = false)
      : data_(std::make_shared<const Text>(std::move(text))), safe_(safe) {}
  explicit Value(std::shared_ptr<Sequence> value) : data_(std::move(value)) {}
  explicit Value(std::shared_ptr<const Dict> value) : data_(std::move(value)) {}
  explicit Value(std::shared_ptr<Namespace> value) : data_(std::move(value)) {}
  explicit Value(std::shared_ptr<const Callable> value) : data_(std::move(value)) {}
  explicit Value(std::shared_ptr<Loop> value) : data_(std::move(value)) {}
  static Value undefined(std::string why);
  static Value missing();
  static Value text(std::string_view bytes) { return Value(Text(std::string(bytes))); }

  template <class T>
  const T *as() const {
    return std::get_if<T>(&data_);
  }
  const Undefined *asUndefined() const { return as<Undefined>(); }
  bool isNone() const { return as<None>(); }
  bool isMissing() const { return as<Missing>(); }
  const Text *asText() const {
    auto *text = as<std::shared_ptr<const Text>>();
    return text ? text->get() : nullptr;
  }
  Sequence *asSequence() const {
    auto *sequence = as<std::shared_ptr<Sequence>>();
    return sequence ? sequence->get() : nullptr;
  }
  const Dict *asDict() const {
    auto *dict = as<std::shared_ptr<const Dict>>();
    return dict ? dict->get() : nullptr;
  }
  Namespace *asNamespace() const {
    auto *space = as<std::shared_ptr<Namespace>>();
    return space ? space->get() : nullptr;
  }
  const Callable *asCallable() const {
    auto *callable = as<std::shared_ptr<const Callable>>();
    return callable ? callable->get() : nullptr;
  }
  Loop *asLoop() const {
    auto *loop = as<std::shared_ptr<Loop>>();
    return loop ? loop->get() : nullptr;
  }
  /// An integer, or a boolean, which Python counts as one.
  std::optional<std::int64_t> asInteger() const;
  /// Any number.
  std::optional<double> asReal() const;

  /// Marked by the filter `safe`: joining it to another string would escape HTML.
  bool safe() const { return safe_; }
  /// What Python calls the type.
  std::string_view typeName() const;
  /// Levels of values inside, and about how long it takes to look at all of it: what bounds
  /// nesting and time.
  int depth() const;
  size_t cost() const;
  /// Python's bool().
  bool truth() const;
  /// Python's `is` for what templates can compare so.
  bool same(const Value &other) const;

private:
  std::variant<None, Undefined, Missing, bool, std::int64_t, double, std::shared_ptr<const Text>,
               std::shared_ptr<Sequence>, std::shared_ptr<const Dict>, std::shared_ptr<Namespace>,
               std::shared_ptr<const Callable>, std::shared_ptr<Loop>>
      data_;
  bool safe_ = false;
};

struct Sequence {
  std::vector<Value> items;
  Flavor flavor = Flavor::list;
  int depth = 1;
  size_t cost = 1;
  size_t walked = 0; ///< of an iterator: the items that are gone
};

struct Dict {
  std::vector<std::pair<Value, Value>> entries; ///< in the order of their insertion
  int depth = 1;
  size_t cost = 1;
  /// Null if there is none.
  const Value *find(const Value &key) const;
  const Value *find(std::string_view key) const;
};

/// What namespace() returns: the only thing a template can change.
struct Namespace {
  std::map<std::string, Value, std::less<>> attributes;
};

/// A builtin function or method with the value it was taken from, or a macro.
struct Callable {
  const Builtin *builtin = nullptr;
  Value self;
  const MacroNode *macro = nullptr;
  std::shared_ptr<Scope> scope; ///< where the macro was defined
};

/// Python's ==.
bool equal(const Value &a, const Value &b);
/// Less than 0, 0 or more than 0, as Python orders numbers, strings and lists. Throws a RenderError
/// for what has no order.
int compare(const Value &a, const Value &b);

} // namespace cria::rt::chat
