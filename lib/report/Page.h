//===- Page.h - Data as one file of HTML ------------------------*- C++ -*-===//
#pragma once
#include "report/Report.h"

namespace cria::report {

/// Compresses `text`, which may be done while a compilation goes on.
void pack(Text &text);

/// A page that shows `json`, and texts by their numbers, and needs neither another file nor a
/// network. lib/report/page has its parts; docs/report.md the data.
std::string toPage(llvm::StringRef json, std::deque<Text> texts);

} // namespace cria::report
