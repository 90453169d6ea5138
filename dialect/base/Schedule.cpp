//===- Schedule.cpp - How a kernel is computed ----------------------------===//
#include "dialect/base/Schedule.h"
#include "dialect/Cria.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/Support/InterleavedRange.h"

using namespace mlir;

namespace cria {

FailureOr<SmallVector<int64_t>> detail::parseSizes(AsmParser &parser) {
  SmallVector<int64_t> sizes;
  auto parseSize = [&] { return parser.parseInteger(sizes.emplace_back()); };
  if (failed(parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseSize)))
    return failure();
  return sizes;
}

void detail::printSizes(AsmPrinter &printer, ArrayRef<int64_t> sizes) {
  printer.getStream() << llvm::interleaved_array(sizes);
}

LogicalResult ScheduleAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                   ArrayRef<int64_t> tiles, UnitKind, ArrayRef<int64_t> block,
                                   int64_t depth, int64_t keys, int64_t streams, int64_t prefetch) {
  auto isNegative = [](int64_t size) { return size < 0; };
  auto isPositive = [](int64_t size) { return size > 0; };
  if (!tiles.empty() && (llvm::any_of(tiles, isNegative) || llvm::none_of(tiles, isPositive)))
    return emitError() << "schedule_c1: tiles must be at least 0 and one of them positive, found "
                       << llvm::interleaved_array(tiles);
  if (!block.empty() && (block.size() != 2 || !llvm::all_of(block, isPositive)))
    return emitError() << "schedule_c2: block must be two positive sizes, found "
                       << llvm::interleaved_array(block);
  for (auto [name, value] :
       {std::pair("depth", depth), std::pair("keys", keys), std::pair("prefetch", prefetch)})
    if (value < 0)
      return emitError() << "schedule_c3: " << name << " must be at least 0, found " << value;
  if (streams < 1 || streams > 64)
    return emitError() << "schedule_c4: streams must be 1 to 64, found " << streams;
  return success();
}

ScheduleAttr scheduleOf(Operation *op) {
  for (Operation *parent = op; parent; parent = parent->getParentOp()) {
    ScheduleAttr schedule;
    if (auto kernel = dyn_cast<KernelOp>(parent))
      schedule = kernel.getScheduleAttr();
    else if (isa<FunctionOpInterface>(parent))
      schedule = parent->getAttrOfType<ScheduleAttr>(scheduleAttrName);
    if (schedule)
      return schedule;
  }
  return ScheduleAttr::get(op->getContext());
}

} // namespace cria
