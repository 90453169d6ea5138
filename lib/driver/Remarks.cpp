//===- Remarks.cpp - Fusion remarks ---------------------------------------===//
#include "driver/Remarks.h"
#include "driver/Output.h"
#include "mlir/IR/Remarks.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace mlir;

namespace cria::driver {
namespace {

class Collector : public remark::detail::MLIRRemarkStreamerBase {
public:
  explicit Collector(Observer &observer) : observer(observer) {}

  void streamOptimizationRemark(const remark::detail::Remark &remark) override {
    FusionRemark made;
    made.fusion = remark.getRemarkName().str();
    made.function = remark.getFunction().str();
    made.applied = remark.getRemarkType() == llvm::remarks::Type::Passed;
    if (auto name = dyn_cast<NameLoc>(remark.getLocation()))
      made.location = name.getName().str();
    for (const auto &arg : remark.getArgs()) {
      if (arg.key == "op")
        made.op = arg.val;
      else if (arg.key == "bytes_saved")
        made.bytesSaved = std::stoll(arg.val);
      else if (arg.key == "Reason")
        made.reason = arg.val;
    }
    observer.remarked(made);
  }

private:
  Observer &observer;
};

std::string toJson(const std::vector<FusionRemark> &remarks) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::json::OStream json(stream, /*IndentSize=*/2);
  json.array([&] {
    for (const FusionRemark &remark : remarks)
      json.object([&] {
        json.attribute("fusion", remark.fusion);
        json.attribute("function", remark.function);
        json.attribute("op", remark.op);
        json.attribute("location", remark.location);
        json.attribute("applied", remark.applied);
        if (remark.applied)
          json.attribute("bytes_saved", remark.bytesSaved);
        else
          json.attribute("reason", remark.reason);
      });
  });
  return text + "\n";
}

/// The format of -fsave-optimization-record, which opt-viewer and llvm-remarkutil read.
std::string toYaml(const std::vector<FusionRemark> &remarks) {
  auto quoted = [](StringRef text) { return "'" + llvm::join(llvm::split(text, "'"), "''") + "'"; };
  std::string text;
  for (const FusionRemark &remark : remarks) {
    text += remark.applied ? "--- !Passed\n" : "--- !Missed\n";
    text += "Pass:            fusion\n";
    text += "Name:            " + remark.fusion + "\n";
    text += "Function:        " + remark.function + "\n";
    text += "Args:\n";
    text += "  - Op:              " + quoted(remark.op) + "\n";
    text += "  - Location:        " + quoted(remark.location) + "\n";
    if (remark.applied)
      text += "  - BytesSaved:      '" + std::to_string(remark.bytesSaved) + "'\n";
    else
      text += "  - Reason:          " + quoted(remark.reason) + "\n";
    text += "...\n";
  }
  return text;
}

} // namespace

void observeRemarks(MLIRContext &context, Observer &observer) {
  remark::RemarkCategories categories;
  categories.passed = categories.missed = "fusion";
  (void)remark::enableOptimizationRemarks(context, std::make_unique<Collector>(observer),
                                          std::make_unique<remark::RemarkEmittingPolicyAll>(),
                                          categories);
}

std::string messageOf(const FusionRemark &remark) {
  if (!remark.applied)
    return remark.reason;
  const char *what =
      remark.bytesSaved < 0 ? "costs {0} bytes per step" : "saves {0} bytes per step";
  return llvm::formatv(what, std::abs(remark.bytesSaved)).str();
}

std::string printRemarks(const std::vector<FusionRemark> &remarks) {
  std::string text;
  for (const FusionRemark &remark : remarks) {
    text += llvm::formatv("{0}: {1}: {2}{3}: {4}{5}\n", remark.function, remark.fusion, remark.op,
                          remark.location.empty() ? "" : " " + remark.location,
                          remark.applied ? "" : "not applied: ", messageOf(remark));
  }
  return text;
}

void writeRemarks(const std::vector<FusionRemark> &remarks, const std::string &path) {
  bool yaml = StringRef(path).ends_with(".yaml") || StringRef(path).ends_with(".yml");
  writeFile(path, yaml ? toYaml(remarks) : toJson(remarks));
}

} // namespace cria::driver
