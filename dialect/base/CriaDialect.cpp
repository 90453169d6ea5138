//===- CriaDialect.cpp - Registration of the dialect ----------------------===//
#include "dialect/Cria.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

#include "dialect/CriaDialect.cpp.inc"
#include "dialect/CriaEnums.cpp.inc"

/// The unit of a schedule, for the parser that ODS generates.
static FailureOr<cria::UnitKind> parseUnit(AsmParser &parser) {
  auto at = parser.getCurrentLocation();
  std::string name;
  if (failed(parser.parseKeywordOrString(&name)))
    return failure();
  if (std::optional<cria::UnitKind> unit = cria::symbolizeUnitKind(name))
    return *unit;
  std::string known;
  for (uint64_t i = 0; i <= cria::getMaxEnumValForUnitKind(); ++i)
    known += (i ? ", " : "") + cria::stringifyUnitKind(*cria::symbolizeUnitKind(uint32_t(i))).str();
  return parser.emitError(at) << "unknown unit \"" << name << "\"; known units: " << known;
}

#include "dialect/CriaInterfaces.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "dialect/CriaAttrs.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "dialect/CriaTypes.cpp.inc"
#define GET_OP_CLASSES
#include "dialect/CriaOps.cpp.inc"

void cria::CriaDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialect/CriaAttrs.cpp.inc"
      >();
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialect/CriaTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialect/CriaOps.cpp.inc"
      >();
}

LogicalResult cria::RopeScalingAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                            RopeScalingKind kind, FloatAttr factor, FloatAttr low,
                                            FloatAttr high, int64_t originalContext,
                                            FloatAttr attention, FloatAttr fast, FloatAttr slow,
                                            BoolAttr) {
  auto positive = [&](FloatAttr value, StringRef constraint, StringRef name) -> LogicalResult {
    if (!value)
      return emitError() << constraint << ": " << stringifyRopeScalingKind(kind) << " needs "
                         << name;
    double number = value.getValueAsDouble();
    if (!(number > 0) || !std::isfinite(number))
      return emitError() << constraint << ": " << name << " must be finite and positive, found "
                         << number;
    return success();
  };
  if (kind == RopeScalingKind::none)
    return success();
  if (failed(positive(factor, "rope_scaling_c1", "factor")))
    return failure();
  if (kind == RopeScalingKind::linear)
    return success();
  if (originalContext <= 0)
    return emitError() << "rope_scaling_c3: original_context must be positive, found "
                       << originalContext;
  if (kind == RopeScalingKind::yarn) {
    if (failed(positive(attention, "rope_scaling_c4", "attention_factor")) ||
        failed(positive(fast, "rope_scaling_c5", "beta_fast")) ||
        failed(positive(slow, "rope_scaling_c5", "beta_slow")))
      return failure();
    if (slow.getValueAsDouble() > fast.getValueAsDouble())
      return emitError() << "rope_scaling_c5: beta_slow " << slow.getValueAsDouble()
                         << " must not be greater than beta_fast " << fast.getValueAsDouble();
    return success();
  }
  if (failed(positive(low, "rope_scaling_c2", "low_freq_factor")) ||
      failed(positive(high, "rope_scaling_c2", "high_freq_factor")))
    return failure();
  if (!(low.getValueAsDouble() < high.getValueAsDouble()))
    return emitError() << "rope_scaling_c2: low_freq_factor " << low.getValueAsDouble()
                       << " must be less than high_freq_factor " << high.getValueAsDouble();
  return success();
}
