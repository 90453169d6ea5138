//===- Quantize.cpp - criac --quantize ------------------------------------===//
#include "driver/Quantize.h"
#include "driver/Output.h"
#include "export/Quantize.h"
#include "import/ChatTemplate.h"
#include "import/gguf/GgufModel.h"
#include "support/Error.h"
#include "support/Flags.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

namespace cria::driver {
namespace {

import::Imported read(const Options &options) {
  std::error_code ignored;
  if (import::isGgufFile(options.model))
    return import::importGguf(options.model, {.tokenizer = false}); // whose keys are copied
  if (!std::filesystem::is_directory(options.model, ignored))
    throw Error("--quantize: " + options.model + " is neither a model's folder nor a GGUF file");
  import::Imported imported =
      import::importFolder(options.model, /*weightsOptional=*/false, !options.noTokenizer);
  if (!imported.tokenizer.empty() && !options.noChatTemplate)
    imported.chat = import::readChat(options.model, options.chatTemplate);
  return imported;
}

} // namespace

void writeQuantized(const Options &options) {
  const storage::Storage &storage = storage::storageOf(std::int64_t(*options.quantize));
  import::Imported imported = read(options);
  for (const std::string &note : imported.notes)
    llvm::errs() << "warning: " << note << "\n";
  std::string output = options.output;
  if (output.empty())
    output = imported.model.name + "-" + std::string(storage.name) + ".gguf";
  if (output == "-")
    throw UsageError("--quantize: writes a file, not standard output");
  PendingFile result(output);
  gguf::quantize(imported, options.model, storage, result.temporary(),
                 [](const gguf::Written &tensor) {
                   llvm::outs() << llvm::formatv("{0,-32} {1,-5} to {2,-5} error {3:P3}\n",
                                                 tensor.name, tensor.from, tensor.to, tensor.error);
                 });
  result.keep();
}

} // namespace cria::driver
