//===- Loop.cpp - What `loop` is inside a for loop ------------------------===//
#include "runtime/chat/Loop.h"
#include "runtime/chat/Builtin.h"

namespace cria::rt::chat {
namespace {

Value cycle(Services &, const Value &self, const Arguments &arguments) {
  if (arguments.positional.empty() || !arguments.named.empty())
    refuse("loop.cycle takes one or more values");
  auto index = static_cast<size_t>(self.asLoop()->index0());
  return arguments.positional[index % arguments.positional.size()];
}

Value changed(Services &services, const Value &self, const Arguments &arguments) {
  return Value(self.asLoop()->changed(services, arguments.positional));
}

constexpr Builtin methods[] = {{"cycle", {"*"}, 1, cycle}, {"changed", {"*"}, 0, changed}};

} // namespace

const Builtin *findLoopMethod(std::string_view name) { return findIn(methods, name); }

bool Loop::has(size_t index) {
  while (taken_.size() <= index && asked_ < items_.size()) {
    const Value &item = items_[asked_++];
    if (!condition_ || condition_(item))
      taken_.push_back(item);
  }
  return index < taken_.size();
}

bool Loop::next() {
  size_t to = started_ ? index_ + 1 : 0;
  started_ = true;
  if (!has(to))
    return false;
  index_ = to;
  return true;
}

std::int64_t Loop::length() {
  has(items_.size());
  return static_cast<std::int64_t>(taken_.size());
}

void Loop::close() {
  closed_ = true;
  condition_ = nullptr;
  last_.reset(); // it may hold this loop
  asked_ = items_.size();
}

bool Loop::changed(Services &services, const std::vector<Value> &values) {
  if (closed_)
    refuse("loop.changed is called after its loop");
  bool same = last_ && last_->size() == values.size();
  for (size_t i = 0; same && i < values.size(); ++i)
    same = services.equals((*last_)[i], values[i]);
  last_ = values;
  return !same;
}

std::optional<Value> Loop::attribute(Services &services, const Value &self, std::string_view name) {
  std::int64_t index = index0();
  if (name == "index0")
    return Value(index);
  if (name == "index")
    return Value(index + 1);
  if (name == "first")
    return Value(index == 0);
  if (name == "last")
    return Value(!has(index_ + 1));
  if (name == "length")
    return Value(length());
  if (name == "revindex0")
    return Value(length() - index - 1);
  if (name == "revindex")
    return Value(length() - index);
  if (name == "depth0")
    return Value(std::int64_t(0)); // recursive loops are refused
  if (name == "depth")
    return Value(std::int64_t(1));
  if (name == "previtem")
    return index_ ? taken_[index_ - 1] : Value::undefined("there is no previous item");
  if (name == "nextitem")
    return has(index_ + 1) ? taken_[index_ + 1] : Value::undefined("there is no next item");
  if (const Builtin *method = findLoopMethod(name))
    return services.bind(*method, self);
  return std::nullopt;
}

} // namespace cria::rt::chat
