//===- Report.cpp - Facts of a compilation as JSON ------------------------===//
#include "report/Report.h"
#include "llvm/Support/xxhash.h"

using llvm::StringRef;
using llvm::json::OStream;

namespace cria::report {

std::size_t Report::addText(const std::string &kind, StringRef content,
                            std::vector<OriginRun> origins) {
  auto [place, isNew] = places.try_emplace(llvm::xxh3_64bits(content), texts.size());
  if (!isNew && texts[place->second].content == content)
    return place->second;
  texts.push_back({kind, content.str(), std::move(origins)});
  return texts.size() - 1;
}

const KernelLines *Report::assemblyOf(const std::string &kernel) const {
  if (steps.empty() || steps.back().pass != "asm")
    return nullptr;
  for (const KernelLines &lines : steps.back().lines)
    if (lines.kernel == kernel)
      return &lines;
  return nullptr;
}

namespace {

/// What JSON can hold: text in UTF-8.
std::string utf8(StringRef text) { return llvm::json::fixUTF8(text); }

/// Pieces of JSON that occur often: each is written once, and has a number.
class Shared {
public:
  /// The number of what `write` writes.
  std::int64_t add(llvm::function_ref<void(OStream &)> write) {
    std::string piece;
    llvm::raw_string_ostream stream(piece);
    OStream json(stream);
    write(json);
    auto [place, isNew] = numbers.try_emplace(piece, pieces.size());
    if (isNew)
      pieces.push_back(piece);
    return place->second;
  }
  llvm::ArrayRef<std::string> all() const { return pieces; }

private:
  std::vector<std::string> pieces;
  llvm::StringMap<std::int64_t> numbers;
};

class Writer {
public:
  Writer(const Report &report, OStream &json, bool withTexts)
      : report(report), json(json), withTexts(withTexts) {}

  void write() {
    json.object([&] {
      json.attribute("version", 1);
      text("criac", report.version);
      text("command", report.command);
      json.attributeObject("model", [&] {
        text("name", report.model);
        text("source", report.source);
      });
      json.attributeObject("target", [&] { target(); });
      array("entries", report.entries, [&](const std::string &name) { json.value(utf8(name)); });
      objects("phases", report.phases, [&](const Report::Phase &phase) {
        text("name", phase.name);
        text("purpose", phase.purpose);
        text("pipeline", phase.pipeline);
      });
      objects("origins", report.origins, [&](const Origin &origin) {
        text("name", origin.name);
        array("lines", origin.lines, [&](std::int64_t line) { json.value(line); });
      });
      std::size_t id = 0;
      objects("steps", report.steps, [&](const Step &found) { step(found, id++); });
      objects("remarks", report.remarks, [&](const Remark &found) { remark(found); });
      objects("kernels", report.kernels, [&](const KernelFacts &found) { compiled(found); });
      objects("sets", report.sets, [&](const FusionSet &found) { set(found); });
      json.attributeObject("shared", [&] {
        shared("kernels", kernelsOfSets);
        shared("remarks", remarksOfSets);
      });
      json.attribute("chosen", std::int64_t(report.chosen));
      objects("fusions", report.fusions, [&](const auto &fusion) {
        text("name", fusion.first);
        text("summary", fusion.second);
      });
      json.attribute("machine", report.machine);
      array("contexts", std::array{0, 1024, 4096}, [&](int context) { json.value(context); });
      id = 0;
      objects("texts", report.texts, [&](const Text &found) {
        json.attribute("id", std::int64_t(id++));
        text("kind", found.kind);
        json.attribute("lines", std::int64_t(StringRef(found.content).count('\n')));
        json.attribute("bytes", std::int64_t(found.content.size()));
        origins(found.origins);
        if (withTexts)
          text("content", found.content);
      });
    });
  }

private:
  void text(StringRef key, StringRef value) { json.attribute(key, utf8(value)); }

  void array(StringRef key, const auto &all, auto one) {
    json.attributeArray(key, [&] {
      for (const auto &item : all)
        one(item);
    });
  }
  void objects(StringRef key, const auto &all, auto one) {
    array(key, all, [&](const auto &item) { json.object([&] { one(item); }); });
  }
  void textOf(const std::optional<std::size_t> &number) {
    json.attribute("text", number ? llvm::json::Value(std::int64_t(*number)) : nullptr);
  }

  void target() {
    text("triple", report.triple);
    text("cpu", report.cpu);
    text("features", report.features);
    json.attributeObject("facts", [&] {
      for (const auto &[name, value] : report.facts)
        json.attribute(name, value);
    });
  }

  /// As [line, origin, line, origin …].
  void origins(const std::vector<OriginRun> &runs) {
    array("origins", runs, [&](const OriginRun &run) {
      json.value(run.line);
      json.value(run.origin);
    });
  }

  void lines(const std::vector<KernelLines> &all) {
    array("lines", all, [&](const KernelLines &found) {
      json.array([&] {
        json.value(utf8(found.kernel));
        json.value(found.first);
        json.value(found.last);
      });
    });
  }

  void step(const Step &found, std::size_t id) {
    json.attribute("id", std::int64_t(id));
    text("phase", found.phase);
    text("pass", found.pass);
    text("summary", found.summary);
    json.attribute("seconds", found.seconds);
    json.attribute("changed", found.changed);
    json.attributeObject("ops", [&] {
      for (const auto &[dialect, count] : found.ops)
        json.attribute(dialect, count);
    });
    textOf(found.text);
    lines(found.lines);
    array("remarks", found.remarks, [&](std::size_t i) { json.value(std::int64_t(i)); });
  }

  void remark(const Remark &found) {
    text("kind", found.kind);
    text("pass", found.pass);
    text("function", found.function);
    text("message", found.message);
    json.attributeObject("args", [&] {
      for (const auto &[key, value] : found.args)
        text(key, value);
    });
    text("line", found.line);
  }

  void amount(StringRef key, const Amount &terms) {
    array(key, terms, [&](std::int64_t term) { json.value(term); });
  }

  void flow(const Flow &found, StringRef place) {
    text(place, found.memory);
    text("what", found.what);
    if (!found.after.empty())
      text("after", found.after);
    amount("bytes", found.bytes);
  }

  void kernel(const KernelFacts &found) {
    text("id", found.name);
    text("name", found.name);
    text("entry", found.entry);
    text("label", found.label);
    json.attribute("times", found.times);
    json.attribute("tokens", found.mostTokens);
    objects("ops", found.ops, [&](const auto &op) {
      text("name", op.first);
      json.attribute("count", op.second);
    });
    if (!found.launch.empty())
      text("launch", found.launch);
    text("schedule", found.schedule);
    amount("flops", found.flops);
    amount("bytes", found.bytes);
    objects("reads", found.reads, [&](const Flow &read) { flow(read, "from"); });
    objects("writes", found.writes, [&](const Flow &write) { flow(write, "to"); });
  }

  void compiled(const KernelFacts &found) {
    kernel(found);
    const KernelLines *at = report.assemblyOf(found.name);
    json.attribute("asm", at ? llvm::json::Value(llvm::json::Array{at->first, at->last}) : nullptr);
    if (found.loop)
      json.attributeObject("loop", [&] { loop(*found.loop); });
  }

  void loop(const InnerLoop &found) {
    json.attributeArray("lines", [&] {
      json.value(found.first);
      json.value(found.last);
    });
    json.attribute("instructions", found.instructions);
    json.attribute("cycles", found.cycles);
    json.attribute("at_least", found.atLeast);
  }

  void set(const FusionSet &found) {
    array("fuse", found.fuse, [&](const std::string &name) { json.value(name); });
    json.attribute("on", std::int64_t(found.on));
    numbers("kernels", found.kernels, kernelsOfSets,
            [](Writer &piece, const KernelFacts &one) { piece.kernel(one); });
    textOf(found.text);
    lines(found.lines);
    numbers("remarks", found.remarks, remarksOfSets,
            [](Writer &piece, const Remark &one) { piece.remark(one); });
  }

  /// All items as numbers of `pool`, for which `one` writes their attributes.
  void numbers(StringRef key, const auto &all, Shared &pool, auto one) {
    array(key, all, [&](const auto &item) {
      json.value(pool.add([&](OStream &stream) {
        Writer piece(report, stream, withTexts);
        stream.object([&] { one(piece, item); });
      }));
    });
  }

  void shared(StringRef key, const Shared &pool) {
    array(key, pool.all(), [&](const std::string &piece) { json.rawValue(piece); });
  }

  const Report &report;
  OStream &json;
  bool withTexts;
  Shared kernelsOfSets, remarksOfSets;
};

} // namespace

std::string toJson(const Report &report, bool withTexts) {
  std::string buffer;
  llvm::raw_string_ostream stream(buffer);
  OStream json(stream);
  Writer(report, json, withTexts).write();
  return buffer;
}

} // namespace cria::report
