//===- Dsl.cpp - Specs as C++ ---------------------------------------------===//
#include "spec/Dsl.h"
#include "spec/Identifier.h"
#include "spec/Names.h"
#include "support/Error.h"
#include <algorithm>
#include <charconv>
#include <cmath>

namespace cria::spec {
namespace {

/// A designated initialiser. Fields with their default value are omitted.
class Braces {
public:
  explicit Braces(std::string type) : text(std::move(type) + "{") {}

  Braces &add(const char *field, const std::string &value) {
    text += (first ? "." : between + ".") + field + " = " + value;
    first = false;
    return *this;
  }
  Braces &add(const char *field, std::int64_t value) {
    std::string digits = std::to_string(value);
    for (std::size_t i = digits.size(); i > 3;)
      digits.insert(i -= 3, 1, '\'');
    return add(field, digits);
  }
  Braces &add(const char *field, double value) {
    if (std::abs(value) < 1e15 && value == std::trunc(value))
      return add(field, static_cast<std::int64_t>(value));
    char digits[32]{};
    std::to_chars(digits, digits + sizeof digits - 1, value);
    return add(field, std::string(digits));
  }
  template <typename T>
  Braces &addUnless(const char *field, const T &value, const T &absent) {
    return value == absent ? *this : add(field, value);
  }
  Braces &addFlag(const char *field, bool value) {
    return value ? add(field, std::string("true")) : *this;
  }
  Braces &addQuoted(const char *field, const std::string &value) {
    if (value.empty())
      return *this;
    std::string quoted = "\"";
    for (char c : value) {
      if (c == '"' || c == '\\')
        quoted += '\\';
      quoted += c;
    }
    return add(field, quoted + "\"");
  }
  /// Puts each further field on a line of its own, aligned with the first.
  Braces &breakLine(std::size_t indent) {
    between = ",\n" + std::string(indent + text.find('{') + 1, ' ');
    return *this;
  }
  std::string close() const { return text + "}"; }

private:
  std::string text, between = ", ";
  bool first = true;
};

std::string textOfYarn(const RopeScaling &s) {
  const RopeScaling usual{RopeScaling::Kind::yarn};
  Braces braces("yarn_scaling");
  braces.add("factor", s.factor)
      .addUnless("original_context", s.original_context, usual.original_context)
      .addUnless("attention", s.attention_factor, usual.attention_factor)
      .addUnless("beta_fast", s.beta_fast, usual.beta_fast)
      .addUnless("beta_slow", s.beta_slow, usual.beta_slow);
  if (!s.truncate)
    braces.add("truncate", std::string("false"));
  return braces.close();
}

std::string text(const RopeScaling &s) {
  const RopeScaling usual{RopeScaling::Kind::llama3, 8, 1, 4, 8192};
  if (s.kind == RopeScaling::Kind::linear)
    return Braces("linear_scaling").add("factor", s.factor).close();
  if (s.kind == RopeScaling::Kind::yarn)
    return textOfYarn(s);
  return Braces("llama3_scaling")
      .add("factor", s.factor)
      .addUnless("low", s.low_freq_factor, usual.low_freq_factor)
      .addUnless("high", s.high_freq_factor, usual.high_freq_factor)
      .addUnless("original_context", s.original_context, usual.original_context)
      .close();
}

std::string text(const Rope &r) {
  Braces rope("rope");
  rope.add("theta", r.theta);
  if (r.scaling.kind != RopeScaling::Kind::none)
    rope.add("scaling", text(r.scaling));
  if (r.pairing == RopePairing::interleaved)
    rope.add("pairing", std::string("RopePairing::interleaved"));
  return rope.close();
}

std::string text(const Embed &n) {
  return Braces("embed").add("vocab", n.vocab).add("width", n.hidden).close();
}
std::string text(const RmsNorm &n) {
  return Braces(n.kind == RmsNorm::Kind::rms ? "rms_norm" : "layer_norm")
      .addUnless("eps", n.eps, 1e-5)
      .close();
}
std::string text(const Attention &n, std::size_t indent) {
  Braces attention("attention");
  attention.add("heads", n.heads).add("kv_heads", n.kv_heads).add("head_dim", n.head_dim);
  attention.breakLine(indent);
  if (n.rope != Rope{})
    attention.add("position", text(n.rope));
  return attention.addFlag("bias", n.bias)
      .addUnless<std::int64_t>("no_rope_interval", n.no_rope_interval, 0)
      .close();
}
std::string text(const SwiGlu &n) {
  const char *type = n.gate == SwiGlu::Gate::silu   ? "swiglu"
                     : n.gate == SwiGlu::Gate::gelu ? "geglu"
                                                    : "reglu";
  return Braces(type).add("hidden", n.ffn).addFlag("bias", n.bias).close();
}
std::string text(const Unembed &n) {
  return Braces("unembed").add("vocab", n.vocab).addFlag("tied", n.tied).close();
}

class Writer {
public:
  explicit Writer(std::vector<NodeLines> *lines) : lines(lines) {}

  std::string text;

  /// One argument per line.
  void arguments(const std::vector<Node> &nodes, std::size_t indent) {
    const char *end = "";
    for (const Node &each : nodes) {
      text += end + ("\n" + std::string(indent, ' '));
      std::visit([&](const auto &n) { node(n, indent); }, static_cast<const Node::variant &>(each));
      end = ",";
    }
  }

private:
  template <typename Leaf>
  void node(const Leaf &n, std::size_t indent) {
    std::int64_t first = std::ranges::count(text, '\n');
    if constexpr (std::is_same_v<Leaf, Attention>)
      text += spec::text(n, indent);
    else
      text += spec::text(n);
    if (lines)
      lines->push_back({n.name, first, std::ranges::count(text, '\n')});
  }
  void node(const Residual &n, std::size_t indent) {
    text += "residual(";
    arguments(n.branch, indent + 4);
    text += ')';
  }
  void node(const Repeat &n, std::size_t indent) {
    text += "repeat(" + std::to_string(n.times) + ",";
    arguments(n.body, indent + 4);
    text += ')';
  }

  std::vector<NodeLines> *lines;
};

void requireUsualNames(const Model &model) {
  Model named = model;
  name_weights(named);
  if (named != model)
    throw Error(
        "spec: " + model.name +
        ": its weight names do not follow from its blocks, so it cannot be written as a spec");
}

std::string planText(const Spec &spec) {
  const Plan &p = spec.plan;
  Braces fields("");
  fields.addQuoted("target", p.target).addQuoted("cpu", p.cpu);
  if (p.weights)
    fields.add("weights", std::string(name_of(*p.weights)));
  if (p.cache)
    fields.add("cache", std::string(name_of(*p.cache)));
  fields.addQuoted("quantise", p.quantise)
      .addQuoted("products", p.products)
      .addQuoted("fuse", p.fuse)
      .addQuoted("no_fuse", p.no_fuse);
  fields.addUnless<std::int64_t>("max_seq", p.max_seq, 0)
      .addUnless<std::int64_t>("chunk", p.chunk, 0);
  std::string braces = fields.close();
  return "\nCRIA_PLAN(" + identifier(spec.model.name) + ", " + braces.substr(1, braces.size() - 2) +
         ");\n";
}

} // namespace

std::string to_dsl(const Spec &spec, std::vector<NodeLines> *lines) {
  const Model &model = spec.model;
  requireUsualNames(model);
  Writer out(lines);
  out.text = "#include <cria/spec.hpp>\nusing namespace cria::spec;\n\nCRIA_MODEL(" +
             identifier(model.name) + ",\n    " +
             Braces("trained")
                 .add("context", model.max_context)
                 .addUnless("storage", std::string(name_of(model.dtype)), std::string("f32"))
                 .close() +
             ",";
  out.arguments(model.nodes, 4);
  out.text += ");\n";
  return spec.plan == Plan{} ? out.text : out.text + planText(spec);
}

} // namespace cria::spec
