//===- TokenPrinter.cpp - Shows tokens as they come -----------------------===//
#include "runtime/cli/TokenPrinter.h"
#include "runtime/cli/Output.h"

namespace cria::rt {

TokenPrinter::TokenPrinter(const Model &model, const Options &options)
    : tokenizer_(options.printTokenIds && options.stops.empty() ? nullptr : &model.tokenizer()),
      stream_(options.stops), ids_(options.printTokenIds) {}

void TokenPrinter::setPrompt(std::span<const int32_t> tokens) {
  std::string text;
  for (size_t i = tokens.size(); i > 0 && text.size() < stream_.contextSize(); --i)
    text.insert(0, tokenizer_->bytes(tokens[i - 1], /*skipSpecial=*/false));
  stream_.setContext(text);
}

bool TokenPrinter::print(int32_t token) {
  if (ids_)
    writeOutput((first_ ? "" : ",") + std::to_string(token));
  first_ = false;
  if (tokenizer_) {
    std::string_view text = tokenizer_->bytes(token, /*skipSpecial=*/true);
    bool visible = !text.empty();
    // The name of a special token is not shown, but may be a stop string.
    show(stream_.push(visible ? text : tokenizer_->bytes(token, false), visible));
  }
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
