//===- Quantize.cpp - criac --quantize ------------------------------------===//
#include "driver/Quantize.h"
#include "driver/Output.h"
#include "export/Quantize.h"
#include "import/ChatTemplate.h"
#include "import/gguf/GgufModel.h"
#include "storage/Packed.h"
#include "support/Error.h"
#include "support/Flags.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/raw_ostream.h"

namespace cria::driver {
namespace {

import::Imported read(const Options &options) {
  std::error_code ignored;
  if (import::isGgufFile(options.model))
    return import::importGguf(options.model, {.tokenizer = false}); // whose keys are copied
  if (!std::filesystem::is_directory(options.model, ignored))
    throw Error(writingFlag(options) + ": " + options.model +
                " is neither a model's folder nor a GGUF file");
  import::Imported imported =
      import::importFolder(options.model, {.tokenizer = !options.noTokenizer, .quantized = true});
  if (!imported.tokenizer.empty() && !options.noChatTemplate)
    imported.chat = import::readChat(options.model, options.chatTemplate);
  return imported;
}

/// What --quantize-tensor says.
class Patterns {
public:
  explicit Patterns(const Options &options) {
    for (const auto &[text, storage] : options.quantizeTensors) {
      llvm::Expected<llvm::GlobPattern> glob = llvm::GlobPattern::create(text);
      if (!glob)
        throw UsageError("--quantize-tensor: " + shown(text) + ": " +
                         llvm::toString(glob.takeError()));
      rows.push_back({text, *glob, &storage::storageOf(std::int64_t(storage))});
    }
  }
  const storage::Storage *find(const std::string &name) {
    const storage::Storage *found = nullptr;
    for (Row &row : rows)
      if (row.glob.match(name)) {
        row.used = true;
        found = row.storage;
      }
    return found;
  }
  void checkUsed() const {
    for (const Row &row : rows)
      if (!row.used)
        throw Error("--quantize-tensor: no matrix is called " + shown(row.text) +
                    "; names are as in blk.0.attn_v.weight");
  }

private:
  struct Row {
    std::string text;
    llvm::GlobPattern glob;
    const storage::Storage *storage;
    bool used = false;
  };
  std::vector<Row> rows;
};

} // namespace

std::string writingFlag(const Options &options) {
  return options.quantize ? "--quantize" : "--pack";
}

void writeQuantized(const Options &options) {
  const storage::Storage *storage =
      options.quantize ? &storage::storageOf(std::int64_t(*options.quantize)) : nullptr;
  import::Imported imported = read(options);
  for (const std::string &note : imported.notes)
    llvm::errs() << "warning: " << note << "\n";
  if (!imported.packed.empty())
    throw Error(options.model +
                ": its matrices are packed; use the file that they were packed from");
  std::string output = options.output;
  if (output.empty())
    output = imported.model.name + (storage ? "-" + std::string(storage->name) : "") +
             (options.pack ? "-packed" : "") + ".gguf";
  if (output == "-")
    throw UsageError(writingFlag(options) + ": writes a file, not standard output");
  Patterns patterns(options);
  PendingFile result(output);
  bool hasPacked = false;
  gguf::quantize(
      imported, options.model,
      {storage, [&](const std::string &name) { return patterns.find(name); }, options.pack},
      result.temporary(), [&](const gguf::Written &tensor) {
        llvm::outs() << llvm::formatv("{0,-32} {1,-7} to {2,-7} error {3:P3}\n", tensor.name,
                                      tensor.from, tensor.to, tensor.error);
        hasPacked |= llvm::StringRef(tensor.to).ends_with(storage::packedSuffix);
      });
  patterns.checkUsed();
  if (options.pack && !hasPacked)
    throw Error("--pack: " + options.model + " has no matrices of blocks with a multiple of " +
                std::to_string(storage::packedRows) + " rows; --quantize makes blocks");
  result.keep();
}

} // namespace cria::driver
