//===- IrFaults.cpp - Mistakes of emission and lowering -------------------===//
#include "Faults.h"
#include "dialect/Cria.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Builders.h"

using namespace mlir;

namespace cria::faults {
namespace {

/// Calls `change` for each `Op` until it has changed one, or all if `All`.
template <class Op, bool All = false, class Change>
bool inOps(Operation *root, const Change &change) {
  bool found = false;
  root->walk([&](Op op) {
    if (!found || All)
      found |= change(op);
  });
  return found;
}

template <class Op, class Change>
bool inAll(Operation *root, const Change &change) {
  return inOps<Op, true>(root, change);
}

Operation *entry(Operation *module, StringRef name) {
  return cast<ModuleOp>(module).lookupSymbol(name);
}

Value plus(Operation *before, Value value, std::int64_t amount) {
  OpBuilder b(before);
  Value constant = arith::ConstantIndexOp::create(b, before->getLoc(), amount);
  return arith::AddIOp::create(b, before->getLoc(), value, constant);
}

void scale(Operation *op, StringRef attribute, double factor) {
  double value = op->getAttrOfType<FloatAttr>(attribute).getValueAsDouble();
  op->setAttr(attribute, Builder(op->getContext()).getF64FloatAttr(value * factor));
}

bool leaveKeysUnrotated(Operation *module) {
  return inAll<RopeOp>(module, [](RopeOp op) {
    // Keys go to the cache, queries do not.
    bool keys = llvm::any_of(op->getUsers(), llvm::IsaPred<KvAppendOp>);
    if (keys)
      op->getResult(0).replaceAllUsesWith(op.getX());
    return keys;
  });
}

bool pairNeighbours(Operation *module) {
  return inAll<RopeOp>(module, [](RopeOp op) {
    op.setPairing(RopePairing::interleaved);
    return true;
  });
}

bool rotateDecodeLate(Operation *module) {
  return inAll<RotaryTableOp>(entry(module, "decode"), [](RotaryTableOp op) {
    op.getPositionMutable().assign(plus(op, op.getPosition(), 1));
    return true;
  });
}

bool scaleScores(Operation *module) {
  return inAll<AttendOp>(module, [](AttendOp op) {
    scale(op, "scale", 1.0001);
    return true;
  });
}

bool swapKeysAndValues(Operation *module) {
  return inAll<AttendOp>(module, [](AttendOp op) {
    Value keys = op.getKeys(), values = op.getValues();
    op.getKeysMutable().assign(values);
    op.getValuesMutable().assign(keys);
    return true;
  });
}

bool swapGateAndUp(Operation *module) {
  return inAll<SwigluOp>(module, [](SwigluOp op) {
    Value gate = op.getGate(), up = op.getUp();
    op.getGateMutable().assign(up);
    op.getUpMutable().assign(gate);
    return true;
  });
}

bool seeOneTokenMore(Operation *module) {
  return inAll<AttendOp>(entry(module, "decode"), [](AttendOp op) {
    op.getPositionMutable().assign(plus(op, op.getPosition(), 1));
    return true;
  });
}

bool appendOneRowLate(Operation *module) {
  return inAll<KvAppendOp>(entry(module, "prefill"), [](KvAppendOp op) {
    op.getPositionMutable().assign(plus(op, op.getPosition(), 1));
    return true;
  });
}

bool loseGain(Operation *module) {
  return inAll<RmsNormOp>(module, [](RmsNormOp op) {
    op.getWeightMutable().clear();
    return true;
  });
}

bool scaleQueries(Operation *module) {
  return inAll<LinearOp>(module, [](LinearOp op) {
    bool folded = op.getAlpha().convertToDouble() != 1;
    if (folded)
      scale(op, "alpha", 1.0001);
    return folded;
  });
}

bool loseRowAtSplit(Operation *module) {
  return inAll<AttendRowsOp>(module, [](AttendRowsOp op) {
    op.getBeginMutable().assign(plus(op, op.getBegin(), 1));
    return true;
  });
}

bool scaleSplit(Operation *module) {
  return inAll<AttendRowsOp>(module, [](AttendRowsOp op) {
    scale(op, "scale", 1.0001);
    return true;
  });
}

/// Each token of a chunk sees the rows up to its position and one.
bool seeNextToken(Operation *module) {
  return inOps<arith::CmpIOp>(entry(module, "prefill"), [](arith::CmpIOp op) {
    bool mask = op.getPredicate() == arith::CmpIPredicate::ule;
    if (mask)
      op->setOperand(1, plus(op, op.getRhs(), 1));
    return mask;
  });
}

/// The rows of the cache that are left after whole blocks, whose loop begins where another ends.
bool loseLastRows(Operation *module) {
  return inAll<scf::ForOp>(module, [](scf::ForOp op) {
    bool rest = llvm::any_of(op.getLowerBound().getUsers(), [&](Operation *user) {
      auto loop = dyn_cast<scf::ForOp>(user);
      return loop && loop.getUpperBound() == op.getLowerBound();
    });
    if (rest)
      op.setUpperBound(op.getLowerBound());
    return rest;
  });
}

bool subtractOnce(Operation *module) {
  return inOps<arith::AddFOp>(entry(module, "decode"), [](arith::AddFOp op) {
    OpBuilder b(op);
    Value difference = arith::SubFOp::create(b, op.getLoc(), op.getLhs(), op.getRhs());
    op.replaceAllUsesWith(difference);
    return true;
  });
}

/// The second part of the workspace begins where the first does.
bool overlap(Operation *module) {
  Value first;
  return inOps<memref::ViewOp>(entry(module, "decode"), [&](memref::ViewOp op) {
    if (!first || first == op.getByteShift()) {
      first = op.getByteShift();
      return false;
    }
    op.getByteShiftMutable().assign(first);
    return true;
  });
}

/// All layers share the cache of the first.
bool shareCache(Operation *module) {
  return inAll<memref::SubViewOp>(module, [](memref::SubViewOp op) {
    bool cache = op.getSourceType().getRank() == 4 && !op.getOffsets().empty();
    if (cache) {
      OpBuilder b(op);
      op.getOffsetsMutable()[0].assign(arith::ConstantIndexOp::create(b, op.getLoc(), 0));
    }
    return cache;
  });
}

constexpr Fault faults[] = {
    {"emission: keys not rotated", {InIr{"", leaveKeysUnrotated}}},
    {"emission: neighbours rotated as pairs", {InIr{"", pairNeighbours}}},
    {"emission: positions one late in decode", {InIr{"", rotateDecodeLate}}},
    {"emission: scores 0.01 % too large", {InIr{"", scaleScores}}},
    {"emission: keys and values swapped", {InIr{"", swapKeysAndValues}}},
    {"emission: gate and up swapped", {InIr{"", swapGateAndUp}}},
    {"emission: one row too many seen in decode", {InIr{"", seeOneTokenMore}}},
    {"emission: rows appended one late in prefill", {InIr{"", appendOneRowLate}}},
    {"emission: gains of norms lost", {InIr{"", loseGain}}},
    {"fusion: scale of queries 0.01 % too large",
     {InIr{"cria-fuse-scale-into-query", scaleQueries}}},
    {"lowering: first row of each split lost", {InIr{"cria-split-rows", loseRowAtSplit}}},
    {"lowering: scores of split rows 0.01 % too large", {InIr{"cria-split-rows", scaleSplit}}},
    {"lowering: next token of a chunk seen", {InIr{"cria-decompose-ops", seeNextToken}}},
    {"lowering: rows after whole blocks lost", {InIr{"cria-decompose-ops", loseLastRows}}},
    {"lowering: a difference for a sum", {InIr{"cria-decompose-ops", subtractOnce}}},
    {"buffers: all layers share one cache", {InIr{"one-shot-bufferize", shareCache}}},
    {"buffers: two intermediates overlap", {InIr{"cria-plan-workspace", overlap}}},
};

} // namespace

llvm::ArrayRef<Fault> irFaults() { return faults; }

} // namespace cria::faults
