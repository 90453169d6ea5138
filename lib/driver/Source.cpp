//===- Source.cpp - The model that a command line names -------------------===//
#include "driver/Source.h"
#include "import/Model.h"
#include "support/Error.h"

namespace cria::driver {

Source loadSource(const Options &options) {
  std::filesystem::path path = options.model;
  bool random = options.randomSeed.has_value();
  if (options.dtype && !random)
    throw Error("--dtype: the storage of weights that are read is that of their files; "
                "it goes with --random-weights");
  std::error_code error;
  if (!std::filesystem::is_directory(path, error))
    throw Error(options.model + ": no such folder (a Hugging Face folder with config.json)");
  import::Imported imported = import::importFolder(path, /*weightsOptional=*/random);
  Source source{
      std::move(imported.model),      std::move(imported.dtypes), imported.bos,
      std::move(imported.eos),        std::move(imported.source), std::move(imported.tokenizer),
      std::move(imported.weightFiles)};
  if (random)
    source.folder.clear();
  if (options.dtype) {
    source.model.dtype = *options.dtype;
    source.dtypes.clear();
  }
  return source;
}

} // namespace cria::driver
