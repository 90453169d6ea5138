//===- Operators.cpp - Python's arithmetic and comparisons ----------------===//
#include "runtime/chat/Operators.h"
#include <cmath>

namespace cria::rt::chat {
namespace {

[[noreturn]] void refuseOperands(std::string_view word, const Value &left, const Value &right) {
  refuse("{} {} {} is not possible", left.typeName(), word, right.typeName());
}

[[noreturn]] void refuseRange() { refuse("an integer is out of range"); }

std::int64_t power(std::int64_t base, std::int64_t exponent) {
  std::int64_t out = 1;
  if (base == 0 || base == 1 || base == -1)
    return base == 0 ? exponent == 0 : exponent % 2 ? base : 1;
  for (; exponent > 0; --exponent) // overflows before long
    if (__builtin_mul_overflow(out, base, &out))
      refuseRange();
  return out;
}

/// Rounded down, with the remainder that has the sign of the divisor.
std::int64_t floorDivide(std::int64_t left, std::int64_t right, bool remainder) {
  if (right == 0)
    refuse("division by zero");
  if (right == -1) {
    std::int64_t negative = 0;
    if (!remainder && __builtin_sub_overflow(0, left, &negative))
      refuseRange();
    return remainder ? 0 : negative;
  }
  std::int64_t quotient = left / right, rest = left % right;
  bool down = rest != 0 && (rest < 0) != (right < 0);
  return remainder ? rest + (down ? right : 0) : quotient - down;
}

Value integers(std::string_view word, std::int64_t left, std::int64_t right) {
  std::int64_t out = 0;
  bool overflow = false;
  if (word == "+")
    overflow = __builtin_add_overflow(left, right, &out);
  else if (word == "-")
    overflow = __builtin_sub_overflow(left, right, &out);
  else if (word == "*")
    overflow = __builtin_mul_overflow(left, right, &out);
  else if (word == "**")
    out = power(left, right);
  else
    out = floorDivide(left, right, word == "%");
  if (overflow)
    refuseRange();
  return Value(out);
}

double floorModulo(double left, double right) {
  double rest = std::fmod(left, right);
  if (rest != 0 && (rest < 0) != (right < 0))
    rest += right;
  return rest == 0 ? std::copysign(0.0, right) : rest;
}

/// As CPython does it, which is not always the floor of the quotient.
double floorQuotient(double left, double right) {
  double rest = std::fmod(left, right), quotient = (left - rest) / right;
  if (rest != 0 && (rest < 0) != (right < 0))
    quotient -= 1;
  if (quotient == 0)
    return std::copysign(0.0, left / right);
  double down = std::floor(quotient);
  return quotient - down > 0.5 ? down + 1 : down;
}

double powerOf(double left, double right) {
  if (left == 0 && right < 0)
    refuse("zero cannot be raised to a negative power");
  double out = std::pow(left, right);
  if (std::isnan(out) && !std::isnan(left) && !std::isnan(right))
    refuse("the power of a negative number is complex");
  if (std::isinf(out) && !std::isinf(left) && !std::isinf(right))
    refuse("a number is out of range");
  return out;
}

Value reals(std::string_view word, double left, double right) {
  bool divides = word == "/" || word == "//" || word == "%";
  if (divides && right == 0)
    refuse("division by zero");
  double out = word == "+"    ? left + right
               : word == "-"  ? left - right
               : word == "*"  ? left * right
               : word == "/"  ? left / right
               : word == "//" ? floorQuotient(left, right)
               : word == "%"  ? floorModulo(left, right)
                              : powerOf(left, right);
  return Value(out);
}

bool hasHtml(const Text &text) { return text.bytes().find_first_of("&<>'\"") != Text::npos; }

Value addTexts(Services &services, const Value &left, const Value &right) {
  // What the filter `safe` marked would escape the other side.
  if (left.safe() != right.safe() && hasHtml(left.safe() ? *right.asText() : *left.asText()))
    refuse("adding to the result of the filter safe would escape HTML; use ~ instead");
  Text out = *left.asText();
  services.budget.allocate(out.footprint());
  out.append(*right.asText());
  return services.make(std::move(out), left.safe() || right.safe());
}

Value repeated(Services &services, const Value &value, std::int64_t times) {
  auto count = static_cast<size_t>(std::max<std::int64_t>(times, 0));
  if (const Text *text = value.asText()) {
    services.budget.allocate(text->empty() ? 0 : count, text->footprint());
    Text out;
    for (size_t i = 0; i < count && !text->empty(); ++i)
      out.append(*text);
    return services.make(std::move(out));
  }
  const Sequence &from = *value.asSequence();
  services.budget.allocate(from.items.empty() ? 0 : count, from.items.size() * sizeof(Value));
  std::vector<Value> items;
  for (size_t i = 0; i < count && !from.items.empty(); ++i)
    items.insert(items.end(), from.items.begin(), from.items.end());
  return services.make(std::move(items), from.flavor);
}

bool repeats(const Value &value) {
  return value.asText() || (value.asSequence() && value.asSequence()->flavor <= Flavor::tuple);
}

} // namespace

Value arithmetic(Services &services, std::string_view word, const Value &left, const Value &right) {
  auto *first = defined(left).asSequence(), *second = defined(right).asSequence();
  auto a = left.asInteger(), b = right.asInteger();
  bool exact = word != "/" && !(word == "**" && b && *b < 0);
  if (a && b && exact)
    return integers(word, *a, *b);
  if (left.asReal() && right.asReal())
    return reals(word, *left.asReal(), *right.asReal());
  if (word == "+" && left.asText() && right.asText())
    return addTexts(services, left, right);
  if (word == "+" && first && second && first->flavor == second->flavor &&
      first->flavor <= Flavor::tuple) {
    services.budget.allocate(first->items.size() + second->items.size(), sizeof(Value));
    std::vector<Value> items = first->items;
    items.insert(items.end(), second->items.begin(), second->items.end());
    return services.make(std::move(items), first->flavor);
  }
  if (word == "*" && repeats(left) && b)
    return repeated(services, left, *b);
  if (word == "*" && a && repeats(right))
    return repeated(services, right, *a);
  refuseOperands(word, left, right);
}

Value signedValue(std::string_view word, const Value &value) {
  std::int64_t zero = 0;
  if (auto integer = defined(value).asInteger())
    return word == "-" ? integers("-", zero, *integer) : Value(*integer);
  if (auto real = value.asReal())
    return Value(word == "-" ? -*real : *real);
  refuse("{} before a {} is not possible", word, value.typeName());
}

bool comparison(Services &services, std::string_view word, const Value &left, const Value &right) {
  if (word == "==" || word == "!=")
    return services.equals(left, right) == (word == "==");
  if (word == "in" || word == "not in")
    return services.contains(right, left) == (word == "in");
  int order = services.order(left, right);
  if (word == "<")
    return order < 0;
  if (word == "<=")
    return order <= 0;
  return word == ">" ? order > 0 : order >= 0;
}

} // namespace cria::rt::chat
