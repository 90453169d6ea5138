//===- Phases.cpp - The stages of a compilation, as data ------------------===//
#include "passes/Phases.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
namespace {

constexpr Phase common[] = {
    {"model", "the model as specified, on tensors", "canonicalize,cse"},
    {"fuse", "ops grouped into kernels; values that cross a kernel's boundary are in memory",
     "cria-split-attention,cria-group-kernels,%fusions,canonicalize,cse"},
    {"schedule", "for each kernel how it is computed: tiles, unit, blocks",
     "cria-split-rows,cria-split-products,cria-name-kernels,cria-choose-schedule"},
    {"loops", "each kernel one grid of tiles, and its ops loops on the tensors of a tile",
     "cria-record-costs,cria-apply-gains,cse,cria-tile-kernels,cria-quantize-activations,"
     "cria-decompose-ops,canonicalize,cse"},
    {"buffers", "tensors turned into buffers, caches updated in place, and kernels into functions",
     "cria-separate-inits,eliminate-empty-tensors,"
     "one-shot-bufferize{bufferize-function-boundaries=true "
     "function-boundary-type-conversion=identity-layout-map},"
     "canonicalize,cse,drop-equivalent-buffer-results,"
     "cria-plan-workspace,canonicalize,cse,cria-outline-kernels,canonicalize,cse"},
};

/// The last phase of each backend. That of GPUs folds no aliases of buffers: upstream's pass would
/// drop what is known of the alignment of vectors, and a vector without is loaded by elements.
constexpr Phase last[] = {
    {"cpu", "tiles claimed by the threads of a team, everything lowered to the LLVM dialect",
     "func.func(cria-expand-copies,cria-lower-products,cria-expand-blocks),cria-lower-blocks,"
     "func.func(cria-vectorize-rows,convert-linalg-to-loops),"
     "cria-plan-scratch,cria-claim-tiles,func.func(canonicalize),cria-bind-weights,"
     "func.func(cria-approximate-math,"
     "convert-vector-to-scf,fold-memref-alias-ops,expand-strided-metadata,lower-affine,"
     "convert-scf-to-cf,arith-expand{include-bf16=true},"
     "convert-vector-to-llvm{reassociate-fp-reductions=true enable-x86vector=true enable-amx=true},"
     "convert-to-llvm{filter-dialects=math,arith,index,ub,cf,amx}),"
     "convert-math-to-libm,convert-func-to-llvm{use-bare-ptr-memref-call-conv=true},"
     "finalize-memref-to-llvm,"
     "llvm.func(reconcile-unrealized-casts,canonicalize,cse)"},
    {"gpu", "kernels as launches, tiles as blocks of threads, everything lowered to NVVM or ROCDL",
     "func.func(cria-expand-copies),cria-lower-blocks,cria-bind-weights,cria-launch-kernels,"
     "canonicalize,cse,cria-join-launches,canonicalize,cse,"
     "gpu.module(cria-thread-loops),canonicalize,cse,cria-place-block-memory,canonicalize,cse,"
     "gpu.module(cria-approximate-math,cria-expand-math,"
     "expand-strided-metadata,lower-affine,convert-scf-to-cf,arith-expand{include-bf16=true},"
     "convert-vector-to-llvm{reassociate-fp-reductions=true},"
     "cria-overlap-launches,cria-convert-gpu,canonicalize,cse,reconcile-unrealized-casts),"
     "cria-call-launches,func.func(expand-strided-metadata,lower-affine,convert-scf-to-cf,"
     "convert-to-llvm{filter-dialects=arith,index,ub}),"
     "convert-func-to-llvm{use-bare-ptr-memref-call-conv=true},finalize-memref-to-llvm,"
     "convert-cf-to-llvm,llvm.func(reconcile-unrealized-casts,canonicalize,cse)"},
};

/// Adds the passes that `pipeline` names to `passes`. Nests are one deep.
void addPasses(StringRef pipeline, std::vector<std::string> &passes) {
  StringRef nest;
  int braces = 0; // of options, which have commas too
  size_t begin = 0;
  for (size_t at = 0; at <= pipeline.size(); ++at) {
    char c = at < pipeline.size() ? pipeline[at] : ',';
    braces += (c == '{') - (c == '}');
    if (braces || !StringRef("(,)").contains(c))
      continue;
    StringRef word = pipeline.slice(begin, at);
    begin = at + 1;
    if (c == '(')
      nest = word;
    else if (!word.empty())
      passes.push_back(nest.empty() ? word.str() : (nest + "(" + word + ")").str());
    if (c == ')')
      nest = "";
  }
}

} // namespace

ArrayRef<Phase> phases(Backend backend) {
  static const auto tables = [] {
    std::array<std::vector<Phase>, std::size(last)> made;
    for (auto [table, own] : llvm::zip_equal(made, last)) {
      table.assign(std::begin(common), std::end(common));
      table.push_back(own);
    }
    return made;
  }();
  return tables[size_t(backend)];
}

ArrayRef<Phase> allPhases() {
  static const std::vector<Phase> all = [] {
    std::vector<Phase> made(std::begin(common), std::end(common));
    made.insert(made.end(), std::begin(last), std::end(last));
    return made;
  }();
  return all;
}

const Phase *findPhase(StringRef name, Backend backend) {
  ArrayRef<Phase> table = phases(backend);
  auto found = llvm::find_if(table, [&](const Phase &phase) { return phase.name == name; });
  return found == table.end() ? nullptr : found;
}

std::vector<std::string> passesOf(const Phase &phase, ArrayRef<StringRef> fusions) {
  auto [before, after] = phase.pipeline.split("%fusions,");
  std::vector<std::string> passes;
  addPasses(before, passes);
  if (before.size() == phase.pipeline.size())
    return passes;
  for (StringRef fusion : fusions)
    passes.push_back(("cria-fuse-" + fusion).str());
  addPasses(after, passes);
  return passes;
}

LogicalResult addPhase(OpPassManager &manager, const Phase &phase, raw_ostream &errors,
                       ArrayRef<StringRef> fusions) {
  // Neighbours that are nested in the same op become one pipeline, which runs over functions side
  // by side.
  return parsePassPipeline(llvm::join(passesOf(phase, fusions), ","), manager, errors);
}

void registerPasses() {
  registerAllPasses();
  registerCriaPasses();
  // The registry keeps references to the names.
  static std::vector<std::string> names(allPhases().size());
  for (auto [name, phase] : llvm::zip_equal(names, allPhases())) {
    name = ("cria-phase-" + phase.name).str();
    PassPipelineRegistration<>(name, phase.purpose, [&phase](OpPassManager &manager) {
      (void)addPhase(manager, phase, llvm::errs());
    });
  }
}

void registerDialects(DialectRegistry &registry) {
  registerAllDialects(registry);
  registerAllExtensions(registry);
  registerAllToLLVMIRTranslations(registry);
  registry.insert<CriaDialect>();
}

} // namespace cria
