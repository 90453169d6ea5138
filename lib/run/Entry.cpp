//===- Entry.cpp - The function that is run -------------------------------===//
#include "run/Entry.h"
#include "driver/Lowering.h"
#include "run/Lower.h"
#include "runtime/RandomFill.h"
#include "support/Flags.h"
#include "llvm/Support/MemoryBuffer.h"
#include <algorithm>

using namespace mlir;

namespace cria::run {
namespace {

std::string show(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

/// Nothing for a type that no .npy file holds.
std::optional<Array> zeros(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape() || !elementOf(tensor.getElementType()))
    return std::nullopt;
  if (const storage::Storage *storage = storageOf(tensor.getElementType()))
    if (tensor.getRank() && tensor.getShape().back() % storage->elements)
      return std::nullopt; // not whole blocks
  return Array(tensor.getShape().vec(), *elementOf(tensor.getElementType()));
}

Array random(const Array &type, std::int64_t seed, std::string name, std::int64_t layer) {
  if (size_t at = name.find("{}"); at != name.npos)
    name.replace(at, 2, std::to_string(layer));
  Array array = type;
  auto rank = std::int64_t(type.shape.size());
  cria_param row{name.c_str(),
                 std::int64_t(type.element),
                 rank,
                 {type.shape[0], rank == 2 ? type.shape[1] : 1},
                 1,
                 0,
                 0,
                 /*packed=*/0};
  rt::fillRandom(row, rt::RandomTensor(std::uint64_t(seed), name, rank, type.shape.back()),
                 array.bytes.data());
  return array;
}

} // namespace

Entry::Entry(const Options &options) : options(options), mlirContext(driver::allDialects()) {
  parse();
  choose();
  checkTypes();
  readArguments();
  readParams();
}

void Entry::parse() {
  auto text = llvm::MemoryBuffer::getFileOrSTDIN(options.file);
  if (!text)
    throw Error(options.file + ": " + text.getError().message());
  theModule = parseText((*text)->getBuffer(), options.file, mlirContext);
}

void Entry::choose() {
  std::vector<std::string> names;
  for (auto func : module().getOps<func::FuncOp>())
    if (!func.isDeclaration()) {
      names.push_back(func.getName().str());
      if (options.entry.empty() || options.entry == names.back())
        entry = func;
    }
  if (names.empty())
    throw Error(options.file + ": there is no function in it");
  if (options.entry.empty() && names.size() > 1)
    throw UsageError("--entry: " + options.file + " has " + std::to_string(names.size()) +
                     " functions: " + llvm::join(names, ", "));
  if (!entry)
    throw UsageError("--entry: " + shown(options.entry) + " is not a function of " + options.file +
                     suggest(options.entry, names));
  // Others would be compiled too, and need not be fit for it.
  SymbolTable symbols(module());
  for (auto func : llvm::make_early_inc_range(module().getOps<func::FuncOp>()))
    if (func != entry && SymbolTable::symbolKnownUseEmpty(func, module()))
      symbols.erase(func);
}

void Entry::checkTypes() {
  auto refuse = [&](const Twine &what, Type type) {
    throw Error(options.file + ": @" + entry.getName().str() + ": " + what.str() + " is " +
                show(type) + "; tensors of static shape of f32, f16, bf16 or i32 can be given" +
                (isa<MemRefType>(type) ? ", so take the text from before the phase buffers" : ""));
  };
  for (auto [i, type] : llvm::enumerate(entry.getArgumentTypes()))
    if (!isa<WeightsType, IndexType>(type) && !zeros(type))
      refuse("argument " + Twine(i), type);
  for (auto [i, type] : llvm::enumerate(entry.getResultTypes()))
    if (!zeros(type) || isBlock(cast<RankedTensorType>(type).getElementType()))
      refuse("result " + Twine(i), type);
  if (options.outputs.size() > entry.getNumResults())
    throw UsageError("--out: given " + std::to_string(options.outputs.size()) + " times, but @" +
                     entry.getName().str() + " has " + std::to_string(entry.getNumResults()) +
                     " results");
}

void Entry::readArguments() {
  std::vector<Type> types;
  for (Type type : entry.getArgumentTypes())
    if (!isa<WeightsType>(type))
      types.push_back(type);
  if (types.size() != options.arguments.size())
    throw UsageError("--arg: given " + std::to_string(options.arguments.size()) + " times, but @" +
                     entry.getName().str() + " takes " + std::to_string(types.size()) +
                     (types.empty() ? "" : ": " + llvm::join(llvm::map_range(types, show), ", ")));
  for (auto [i, type] : llvm::enumerate(types)) {
    const std::string &text = options.arguments[i];
    std::string what = "argument " + std::to_string(i) + " of @" + entry.getName().str();
    if (!type.isIndex()) {
      Array like = *zeros(type);
      given.emplace_back(readArray(text, like.shape, like.element, what));
      continue;
    }
    bool isFile = llvm::StringRef(text).ends_with(".npy");
    given.emplace_back(isFile ? readInteger(text, what)
                              : FlagValue{"--arg", text}.integer(INT64_MIN, INT64_MAX));
  }
}

void Entry::readParams() {
  auto rest = options.params;
  if (llvm::any_of(entry.getArgumentTypes(), llvm::IsaPred<WeightsType>))
    for (auto op : module().getOps<ParamOp>()) {
      std::string name = op.getCheckpointName().str();
      auto named = llvm::find_if(rest, [&](const auto &pair) {
        return pair.first == name || pair.first == op.getSymName();
      });
      std::optional<Array> zero = zeros(op.getTensorType());
      if (!zero)
        throw Error(options.file + ": parameter " + name + " is " + show(op.getTensorType()) +
                    ", which cannot be made from numbers");
      const Array &like = *zero;
      Param param{op, {}};
      std::vector<std::int64_t> shape = like.shape;
      if (op.getRepeated())
        shape.insert(shape.begin(), std::int64_t(op.getCount()));
      if (named != rest.end()) {
        Array all = readArray(named->second, shape, like.element, "parameter " + name);
        for (std::uint64_t i = 0; i < op.getCount(); ++i) {
          auto begin = all.bytes.begin() + std::ptrdiff_t(i * like.bytes.size());
          param.tensors.push_back(like);
          std::copy_n(begin, like.bytes.size(), param.tensors.back().bytes.begin());
        }
        rest.erase(named);
      } else if (options.randomSeed) {
        for (std::uint64_t i = 0; i < op.getCount(); ++i)
          param.tensors.push_back(random(like, *options.randomSeed, name, std::int64_t(i)));
      } else {
        throw UsageError("--param: parameter " + name + " is not given; --param " +
                         op.getSymName().str() + "=FILE.npy or --random-weights=SEED gives it");
      }
      weights.push_back(std::move(param));
    }
  if (!rest.empty())
    throw UsageError("--param: " + shown(rest[0].first) + " is not a parameter of " + options.file +
                     ", or given twice");
}

std::vector<Array> Entry::emptyResults() {
  std::vector<Array> results;
  for (Type type : entry.getResultTypes())
    results.push_back(*zeros(type));
  return results;
}

} // namespace cria::run
