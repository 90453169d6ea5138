//===- Machine.cpp - Measured limits of a machine -------------------------===//
#include "driver/Machine.h"
#include "support/Error.h"
#include "support/FilesRead.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace cria::driver {
namespace {

/// Reads what cria-bench says of its threads: a run of --limits, or of a model.
class Reader {
public:
  Reader(const json::Object &file, const std::string &path) : path(path) {
    unit = file.getString("unit").value_or("").str();
    machine["cpu"] = text(file, "cpu");
    for (StringRef field : {"limits", "measurements"})
      if (const json::Array *rows = file.getArray(field))
        for (const json::Value &row : *rows)
          add(row);
    if (!threads)
      throw Error(path + ": limits: there are none; cria-bench --json writes them");
    machine["threads"] = threads;
    machine["read"] = read;
    machine["peaks"] = std::move(peaks);
    machine["measured"] = std::move(measured);
  }

  json::Object machine;

private:
  std::string text(const json::Object &from, StringRef field) const {
    auto value = from.getString(field);
    if (!value)
      throw Error(path + ": " + field.str() + ": no text; cria-bench --json writes one");
    return value->str();
  }
  double number(const json::Object &from, StringRef field) const {
    auto value = from.getNumber(field);
    if (!value || !(*value >= 0))
      throw Error(path + ": " + field.str() + ": not a number that is 0 or more");
    return *value;
  }

  void add(const json::Value &value) {
    const json::Object *row = value.getAsObject();
    if (!row)
      throw Error(path + ": a measurement is not an object");
    auto ofThreads = std::int64_t(number(*row, "threads"));
    if (ofThreads == 0)
      throw Error(path + ": threads: 0: it was measured on a GPU, whose peaks are not known");
    if (ofThreads < threads)
      return;
    if (ofThreads > threads) {
      peaks.clear();
      measured.clear();
      read = 0;
    }
    threads = ofThreads;
    if (row->get("read_bandwidth"))
      read = std::max(read, number(*row, "read_bandwidth"));
    if (row->get("unit_peak"))
      peaks[unit] = number(*row, "unit_peak");
    if (const json::Array *units = row->getArray("units"))
      for (const json::Value &found : *units)
        if (const json::Object *one = found.getAsObject())
          peaks[text(*one, "unit")] = number(*one, "peak");
    if (const json::Array *entries = row->getArray("entries"))
      for (const json::Value &found : *entries)
        if (const json::Object *one = found.getAsObject())
          addKernels(*row, *one);
  }

  void addKernels(const json::Object &row, const json::Object &entry) {
    json::Array kernels;
    if (const json::Array *rows = entry.getArray("kernels"))
      for (const json::Value &found : *rows)
        if (const json::Object *kernel = found.getAsObject())
          kernels.push_back(json::Object{{"name", text(*kernel, "name")},
                                         {"calls", number(*kernel, "calls")},
                                         {"seconds", number(*kernel, "seconds")}});
    measured.push_back(json::Object{{"entry", text(entry, "entry")},
                                    {"context", number(row, "context")},
                                    {"tokens", number(row, "tokens")},
                                    {"kernels", std::move(kernels)}});
  }

  const std::string &path;
  std::string unit;
  std::int64_t threads = 0;
  double read = 0;
  json::Object peaks;
  json::Array measured;
};

} // namespace

json::Value readMachine(const std::string &path) {
  FilesRead::note(path);
  auto content = MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!content)
    throw Error(path + ": cannot be read: " + content.getError().message());
  auto file = json::parse((*content)->getBuffer());
  if (!file)
    throw Error(path + ": not JSON: " + toString(file.takeError()));
  const json::Object *fields = file->getAsObject();
  if (!fields)
    throw Error(path + ": not an object, as cria-bench --json writes");
  return std::move(Reader(*fields, path).machine);
}

} // namespace cria::driver
