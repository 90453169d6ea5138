//===- Page.h - Data as one file of HTML ------------------------*- C++ -*-===//
#pragma once
#include "report/Report.h"

namespace cria::report {

/// A page that shows `json`, and texts by their numbers, and needs neither another file nor a
/// network. lib/report/page has its parts; docs/report.md the data.
std::string toPage(llvm::StringRef json, llvm::ArrayRef<Text> texts);

} // namespace cria::report
