//===- Tests.cpp - What comes after `is` ----------------------------------===//
#include "runtime/chat/Builtin.h"

namespace cria::rt::chat {
namespace {

using A = const Arguments &;

bool isList(const Value &v, Flavor last) {
  return v.asSequence() && v.asSequence()->flavor <= last;
}

bool isSequence(const Value &v) {
  return v.asText() || v.asDict() || v.asUndefined() || isList(v, Flavor::range);
}

bool isIterable(const Value &v) {
  return v.asText() || v.asDict() || v.asUndefined() || v.asSequence() || v.asLoop();
}

std::int64_t modulo(const Value &v, std::int64_t by) {
  if (by == 0)
    refuse("modulo by zero");
  return by == -1 ? 0 : integerOf(v, "what is tested") % by;
}

template <auto Holds>
Value ordered(Services &s, const Value &v, A a) {
  return Value(Holds(s.order(v, a.positional[0])));
}
constexpr auto less = [](int order) { return order < 0; };
constexpr auto lessOrEqual = [](int order) { return order <= 0; };
constexpr auto greater = [](int order) { return order > 0; };
constexpr auto greaterOrEqual = [](int order) { return order >= 0; };

Value equalTo(Services &s, const Value &v, A a) { return Value(s.equals(v, a.positional[0])); }
Value notEqualTo(Services &s, const Value &v, A a) { return Value(!s.equals(v, a.positional[0])); }

/// A row for a test without arguments.
#define CRIA_TEST(name, condition)                                                                 \
  Builtin {                                                                                        \
    name, {}, 0, [](Services &, const Value &v, A) { return Value(bool(condition)); }              \
  }

constexpr Builtin table[] = {
    CRIA_TEST("boolean", v.as<bool>()),
    CRIA_TEST("callable", v.asCallable()),
    CRIA_TEST("defined", !v.asUndefined()),
    {"divisibleby",
     {"num"},
     1,
     [](Services &, const Value &v, A a) {
       return Value(modulo(v, integerOf(a.positional[0], "num")) == 0);
     }},
    {"==", {"other"}, 1, equalTo},
    {"eq", {"other"}, 1, equalTo},
    {"equalto", {"other"}, 1, equalTo},
    CRIA_TEST("even", modulo(v, 2) == 0),
    CRIA_TEST("false", v.as<bool>() && !*v.as<bool>()),
    CRIA_TEST("filter", findFilter(textOf(v, "the name of a filter").bytes())),
    CRIA_TEST("float", v.as<double>()),
    {">=", {"other"}, 1, ordered<greaterOrEqual>},
    {"ge", {"other"}, 1, ordered<greaterOrEqual>},
    {">", {"other"}, 1, ordered<greater>},
    {"gt", {"other"}, 1, ordered<greater>},
    {"greaterthan", {"other"}, 1, ordered<greater>},
    {"in",
     {"seq"},
     1,
     [](Services &s, const Value &v, A a) { return Value(s.contains(a.positional[0], v)); }},
    CRIA_TEST("integer", v.as<std::int64_t>()),
    CRIA_TEST("iterable", isIterable(v)),
    {"<=", {"other"}, 1, ordered<lessOrEqual>},
    {"le", {"other"}, 1, ordered<lessOrEqual>},
    {"<", {"other"}, 1, ordered<less>},
    {"lt", {"other"}, 1, ordered<less>},
    {"lessthan", {"other"}, 1, ordered<less>},
    CRIA_TEST("mapping", v.asDict()),
    {"!=", {"other"}, 1, notEqualTo},
    {"ne", {"other"}, 1, notEqualTo},
    CRIA_TEST("none", v.isNone()),
    CRIA_TEST("number", v.asReal()),
    CRIA_TEST("odd", modulo(v, 2) != 0),
    {"sameas",
     {"other"},
     1,
     [](Services &, const Value &v, A a) { return Value(v.same(a.positional[0])); }},
    CRIA_TEST("sequence", isSequence(v)),
    CRIA_TEST("string", v.asText()),
    CRIA_TEST("true", v.as<bool>() && *v.as<bool>()),
    CRIA_TEST("undefined", v.asUndefined()),
};
#undef CRIA_TEST

} // namespace

std::span<const Builtin> tests() { return table; }

} // namespace cria::rt::chat
