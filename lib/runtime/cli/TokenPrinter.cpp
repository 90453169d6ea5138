#include "runtime/cli/TokenPrinter.h"
#include "runtime/cli/Output.h"

namespace cria::rt {

TokenPrinter::TokenPrinter(const Model &model, const Options &options)
    : tokenizer_(options.printTokenIds && options.stops.empty() ? nullptr : &model.tokenizer()),
      stream_(options.stops), ids_(options.printTokenIds) {}

bool TokenPrinter::print(int32_t token) {
  if (ids_)
    writeOutput((first_ ? "" : ",") + std::to_string(token));
  first_ = false;
  if (tokenizer_)
    show(stream_.push(tokenizer_->bytes(token, /*skipSpecial=*/true)));
  return !stream_.stopped();
}

void TokenPrinter::finish() {
  show(stream_.finish());
  writeOutput("\n");
}

void TokenPrinter::show(const std::string &text) const {
  if (!ids_ && !text.empty())
    writeOutput(text);
}

} // namespace cria::rt
