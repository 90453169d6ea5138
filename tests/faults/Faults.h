//===- Faults.h - A compiler that is wrong on purpose -----------*- C++ -*-===//
//
// Each fault is one mistake that a compiler could make, at one stage. criac_faulty makes it and is
// criac else: what runs between the stages is changed by the linker's --wrap (Wrap.cpp), so the
// code of criac has no hooks. tests/e2e/check_faults.py shows that --verify finds every one.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "driver/Source.h"
#include "mlir/IR/Operation.h"
#include "llvm/IR/Module.h"
#include "llvm/Object/ObjectFile.h"
#include <variant>

namespace cria::faults {

/// Each returns whether it found what to change.
struct InSource {
  bool (*change)(driver::Source &source);
};
struct InIr {
  llvm::StringLiteral pass; ///< changed after this pass, or before all if it is empty
  bool (*change)(mlir::Operation *module);
};
struct InCode { ///< in the LLVM IR, when it is optimized
  bool (*change)(llvm::Module &module);
};
struct InObject {
  /// `bytes` are those of `file`.
  bool (*change)(const llvm::object::ObjectFile &file, llvm::MutableArrayRef<char> bytes);
};

struct Fault {
  llvm::StringLiteral name;
  std::variant<InSource, InIr, InCode, InObject> change;
  llvm::StringLiteral flag = ""; ///< of criac, without which it changes nothing
};

llvm::ArrayRef<Fault> sourceFaults();
llvm::ArrayRef<Fault> irFaults();
llvm::ArrayRef<Fault> codeFaults();
llvm::ArrayRef<Fault> objectFaults();

/// What Wrap.cpp makes; null: nothing.
extern const Fault *chosen;
/// Whether it has been made.
extern bool made;

} // namespace cria::faults
