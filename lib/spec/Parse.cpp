//===- Parse.cpp - Specs from text ----------------------------------------===//
#include "spec/Parse.h"
#include "spec/Check.h"
#include "spec/Names.h"
#include "spec/SpecFields.h"

namespace cria::spec {
namespace {

class Reader {
public:
  explicit Reader(const std::string &file) : file(file) {}

  void version(const Element &element) {
    Fields fields(element, file);
    fields.mustHaveBody(false);
    fields.mustHaveNoName();
    if (fields.integer("version") != 1)
      fields.fail("unsupported version; must be 1");
    fields.finish();
  }

  Model model(const Element &element) {
    Fields fields(element, file);
    fields.mustHaveBody(true);
    if (element.name.empty())
      fields.fail("missing name");
    Model model;
    model.name = element.name;
    model.max_context = fields.integer("context");
    model.dtype = fields.dtype("dtype").value_or(DType::f32);
    fields.finish();
    model.nodes = nodes(element.body);
    return model;
  }

  Plan plan(const Element &element) {
    Fields fields(element, file);
    fields.mustHaveBody(false);
    fields.mustHaveNoName();
    Plan plan;
    plan.target = fields.string("target");
    plan.cpu = fields.string("cpu");
    plan.weights = fields.dtype("weights");
    plan.cache = fields.dtype("cache");
    plan.quantise = fields.string("quantise");
    plan.products = fields.string("products");
    plan.fuse = fields.string("fuse");
    plan.no_fuse = fields.string("no_fuse");
    plan.max_seq = fields.integer("max_seq", 0);
    plan.chunk = fields.integer("chunk", 0);
    fields.finish();
    return plan;
  }

private:
  std::vector<Node> nodes(const std::vector<Element> &body) {
    std::vector<Node> nodes;
    for (const Element &element : body) {
      Fields fields(element, file);
      fields.mustHaveNoName();
      fields.mustHaveBody(element.word == "residual" || element.word == "repeat");
      nodes.push_back(node(element, fields));
      fields.finish();
    }
    return nodes;
  }

  Node node(const Element &element, Fields &fields) {
    const std::string &word = element.word;
    if (word == "embed")
      return Embed{fields.integer("vocab"), fields.integer("hidden"), {}};
    if (word == "rms_norm")
      return RmsNorm{fields.real("eps"), {}, RmsNorm::Kind::rms};
    if (word == "layer_norm")
      return RmsNorm{fields.real("eps"), {}, RmsNorm::Kind::layer};
    if (word == "attention")
      return attention(fields);
    if (word == "swiglu")
      return feedForward(fields, SwiGlu::Gate::silu);
    if (word == "geglu")
      return feedForward(fields, SwiGlu::Gate::gelu);
    if (word == "reglu")
      return feedForward(fields, SwiGlu::Gate::relu);
    if (word == "unembed")
      return Unembed{fields.integer("vocab"), fields.flag("tied"), {}};
    if (word == "residual")
      return Residual{nodes(element.body)};
    if (word == "repeat")
      return Repeat{fields.integer("times"), nodes(element.body)};
    fields.fail("is not a block" +
                suggest(word, {"embed", "rms_norm", "layer_norm", "attention", "swiglu", "geglu",
                               "reglu", "unembed", "residual", "repeat"}));
  }

  static Attention attention(Fields &fields) {
    Attention attention;
    attention.heads = fields.integer("heads");
    attention.kv_heads = fields.integer("kv_heads");
    attention.head_dim = fields.integer("head_dim");
    attention.rope.theta = fields.real("theta");
    RopeScaling &scaling = attention.rope.scaling;
    scaling.kind = fields.scaling("scaling");
    if (scaling.kind != RopeScaling::Kind::none)
      scaling.factor = fields.real("factor");
    if (scaling.kind == RopeScaling::Kind::llama3) {
      scaling.low_freq_factor = fields.real("low");
      scaling.high_freq_factor = fields.real("high");
    }
    if (scaling.kind == RopeScaling::Kind::yarn) {
      scaling.attention_factor = fields.real("attention");
      scaling.beta_fast = fields.real("beta_fast");
      scaling.beta_slow = fields.real("beta_slow");
      scaling.truncate = fields.flag("truncate");
    }
    if (scaling.kind == RopeScaling::Kind::llama3 || scaling.kind == RopeScaling::Kind::yarn)
      scaling.original_context = fields.integer("original_context");
    attention.rope.pairing = fields.pairing("pairing");
    attention.bias = fields.flag("bias");
    attention.no_rope_interval = fields.integer("no_rope_interval", 0);
    return attention;
  }

  static SwiGlu feedForward(Fields &fields, SwiGlu::Gate gate) {
    return SwiGlu{fields.integer("ffn"), fields.flag("bias"), {}, gate};
  }

  const std::string &file;
};

} // namespace

std::vector<Spec> parseAll(std::string_view text, const std::string &file) {
  std::vector<Element> elements = readElements(text, file);
  if (elements.empty() || elements.front().word != "cria_spec")
    throw Error(file + ": not a spec: it must begin with cria_spec version=1");
  Reader reader(file);
  std::vector<Spec> specs;
  bool planned = true;
  for (const Element &element : elements) {
    if (element.word == "cria_spec") {
      reader.version(element);
    } else if (element.word == "model") {
      specs.push_back({reader.model(element), {}});
      planned = false;
    } else if (element.word == "plan" && !planned) {
      specs.back().plan = reader.plan(element);
      planned = true;
    } else {
      Fields(element, file)
          .fail(element.word == "plan" ? "must follow a model, at most once"
                                       : "must be model or plan");
    }
  }
  for (Spec &spec : specs) {
    check(spec, file);
    name_weights(spec.model);
  }
  return specs;
}

Spec parse(std::string_view text, const std::string &file) {
  std::vector<Spec> specs = parseAll(text, file);
  if (specs.size() != 1)
    throw Error(file + ": has " + std::to_string(specs.size()) + " models, but must have one");
  return std::move(specs.front());
}

} // namespace cria::spec
