#include "runtime/cli/TokenPrinter.h"
#include "runtime/cli/Output.h"

namespace cria::rt {

TokenPrinter::TokenPrinter(const Model &model, const Options &options)
    : stream_(options.stops), ids_(options.printTokenIds) {
  if (!options.printTokenIds || !options.stops.empty())
    decoding_.emplace(model.tokenizer().stream(/*skipSpecial=*/true));
}

bool TokenPrinter::print(int32_t token) {
  if (ids_)
    writeOutput((first_ ? "" : ",") + std::to_string(token));
  first_ = false;
  if (decoding_)
    show(stream_.push(decoding_->push(token)));
  return !stream_.stopped();
}

void TokenPrinter::finish() {
  if (decoding_ && !stream_.stopped())
    show(stream_.push(decoding_->finish()));
  show(stream_.finish());
  writeOutput("\n");
}

void TokenPrinter::show(const std::string &text) const {
  if (!ids_ && !text.empty())
    writeOutput(text);
}

} // namespace cria::rt
