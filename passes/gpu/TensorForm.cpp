//===- TensorForm.cpp - Which ops tensor cores can compute ----------------===//
#include "passes/gpu/TensorForm.h"
#include "passes/blocks/formats/BlockReader.h"
#include "passes/loops/LinalgRows.h"

using namespace mlir;

namespace cria {
namespace {

/// The only other operand of the addition to `sum`, if that is what `value` is.
Value addend(Value value, Value sum) {
  auto addition = value.getDefiningOp<arith::AddFOp>();
  if (!addition)
    return {};
  return addition.getLhs() == sum   ? addition.getRhs()
         : addition.getRhs() == sum ? addition.getLhs()
                                    : Value();
}

/// Whether rows of `buffer` begin whole steps apart, so that the last step of a row stays in it.
bool hasWholeSteps(Value buffer, int64_t step) {
  SmallVector<int64_t> strides;
  int64_t offset = 0;
  return succeeded(cast<MemRefType>(buffer.getType()).getStridesAndOffset(strides, offset)) &&
         offset == 0 && !ShapedType::isDynamic(strides.rbegin()[1]) &&
         strides.rbegin()[1] % step == 0;
}

/// An element of w as f32; null if it is used in another way as well.
Value widened(Value element) {
  if (element.getType().isF32() || !element.hasOneUse())
    return element.hasOneUse() ? element : Value();
  Operation *user = *element.user_begin();
  return isa<arith::ExtFOp, WidenOp>(user) && user->hasOneUse() ? user->getResult(0) : Value();
}

} // namespace

bool TensorForm::multiplies(Type element) {
  return element.isF32() || element.isF16() || element.isBF16() ||
         (isBlock(element) && rowsTogether(element) == 1 && !isRounded(element));
}

int64_t TensorForm::stepOf(Type element) {
  return quad * (isBlock(element) ? BlockReader::group : width);
}

Value TensorForm::gain() { return op.getNumDpsInputs() == 3 ? op->getOperand(2) : Value(); }

static bool hasMaps(TensorForm &form) {
  unsigned loops = form.op.getNumLoops();
  auto map = [&](ArrayRef<unsigned> targets) {
    return AffineMap::getMultiDimMapWithTargets(loops, targets, form.op.getContext());
  };
  SmallVector<unsigned> rows = llvm::to_vector(llvm::seq(form.n()));
  auto withRows = [&](unsigned last) {
    SmallVector<unsigned> all = rows;
    all.push_back(last);
    return map(all);
  };
  SmallVector<AffineMap> maps = form.op.getIndexingMapsArray();
  form.rowsOfColumns = maps[1] == map({form.k(), form.n()});
  SmallVector<AffineMap> expected{withRows(form.k()),
                                  form.rowsOfColumns ? maps[1] : map({form.n(), form.k()})};
  if (form.gain())
    expected.push_back(map({form.k()}));
  expected.push_back(withRows(form.n()));
  return maps == expected;
}

/// Whether all rows are many enough for a fragment to be worth while, and columns and steps whole.
static bool hasSizes(TensorForm &form) {
  SmallVector<int64_t> sizes = form.op.getStaticLoopRanges();
  int64_t n = sizes[form.n()], k = sizes[form.k()];
  bool oneRow = llvm::all_of(ArrayRef(sizes).drop_back(2), [](int64_t size) { return size == 1; });
  bool knownHeads = form.n() == 1 || !ShapedType::isDynamic(sizes[1]);
  int64_t columns = TensorForm::fragmentColumns * (form.rowsOfColumns ? TensorForm::width : 1);
  bool wholeColumns = form.isDynamic(form.n()) ? !form.rowsOfColumns : n % columns == 0;
  bool wholeSteps = k % form.step() == 0, blocks = isBlock(form.element());
  if (form.isDynamic(form.k()))
    wholeSteps = !form.gain() && !blocks && hasWholeSteps(form.x(), form.step());
  return !oneRow && knownHeads && wholeColumns && wholeSteps && !(form.rowsOfColumns && blocks);
}

std::optional<TensorForm> TensorForm::of(linalg::LinalgOp linalgOp) {
  TensorForm form;
  form.op = dyn_cast<linalg::GenericOp>(linalgOp.getOperation());
  if (!form.op || (form.op.getNumLoops() != 3 && form.op.getNumLoops() != 4) ||
      form.op.getNumReductionLoops() != 1 || form.op.getNumDpsInits() != 1 ||
      (form.op.getNumDpsInputs() != 2 && form.op.getNumDpsInputs() != 3) || !hasMaps(form) ||
      !isElementwise(*form.op.getBody()))
    return std::nullopt;
  for (Value operand : form.op->getOperands())
    if (!cast<MemRefType>(operand.getType()).isLastDimUnitStride())
      return std::nullopt;
  mlir::Block &body = *form.op.getBody();
  form.weight = widened(body.getArgument(1));
  if (!body.getArgument(0).getType().isF32() || !multiplies(form.element()) || !form.weight ||
      !hasSizes(form))
    return std::nullopt;
  Value term = addend(body.getTerminator()->getOperand(0), body.getArguments().back());
  form.product = term ? term.getDefiningOp<arith::MulFOp>() : arith::MulFOp();
  if (!form.product || *form.weight.user_begin() != form.product ||
      form.product.getLhs() == form.product.getRhs())
    return std::nullopt;
  return form;
}

} // namespace cria
