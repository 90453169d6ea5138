//===- Descriptor.cpp - cria_compiled_model, as constants -----------------===//
#include "driver/Descriptor.h"
#include "cria/runtime/abi.h"
#include "cria/spec/serialise.hpp"
#include "dialect/Cria.h"
#include "runtime/Hash.h"
#include "runtime/chat/ChatFile.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/IR/Constants.h"

using namespace llvm;

namespace cria::driver {
namespace {

#define CRIA_FIELD(type, field, meaning) ordered.push_back(fields.at(#field));

/// Depends on all that decides what a cache holds, besides the weights.
int64_t graphHash(spec::Model model) {
  model.name.clear(); // a folder may be renamed
  std::string text = spec::serialise({std::move(model), {}});
  rt::Hash hash;
  hash.add(std::as_bytes(std::span(text)));
  return int64_t(hash.value());
}

/// Makes constants of one module.
struct Constants {
  Module &module;
  LLVMContext &context = module.getContext();

  Constant *integer(int64_t value) {
    return ConstantInt::getSigned(Type::getInt64Ty(context), value);
  }
  Constant *number(double value) { return ConstantFP::get(Type::getDoubleTy(context), value); }
  Constant *tokens(ArrayRef<int32_t> ids, StringRef name) {
    return ids.empty() ? null() : global(ConstantDataArray::get(context, ids), name);
  }
  Constant *null() { return ConstantPointerNull::get(PointerType::get(context, 0)); }
  Constant *global(Constant *content, const Twine &name) {
    auto *variable = new GlobalVariable(module, content->getType(), /*isConstant=*/true,
                                        GlobalValue::PrivateLinkage, content, name);
    variable->setAlignment(Align(64));
    return variable;
  }
  Constant *text(StringRef value) {
    return global(ConstantDataArray::getString(context, value), "cria.text");
  }
  Constant *record(ArrayRef<Constant *> fields) { return ConstantStruct::getAnon(context, fields); }
  Constant *array(ArrayRef<Constant *> rows, StringRef name) {
    if (rows.empty())
      return null();
    auto *type = ArrayType::get(rows.front()->getType(), rows.size());
    return global(ConstantArray::get(type, rows), name);
  }

  Constant *params(ArrayRef<ParamRow> rows) {
    SmallVector<Constant *> all;
    for (const ParamRow &row : rows)
      all.push_back(record({text(row.name), integer(row.dtype), integer(row.rank),
                            integer(row.shape[0]), integer(row.shape[1]), integer(row.count),
                            integer(row.first), integer(row.layer), integer(row.packed)}));
    return array(all, "cria.params");
  }

  Constant *amount(ArrayRef<int64_t> terms) {
    return record(to_vector(map_range(terms, [&](int64_t term) { return integer(term); })));
  }
  Constant *kernels(ArrayRef<KernelRow> rows) {
    SmallVector<Constant *> all;
    for (const KernelRow &row : rows)
      all.push_back(
          record({text(row.name), integer(row.calls), amount(row.bytes), amount(row.flops)}));
    return array(all, "cria.kernels");
  }
  Constant *variant(const CodeFacts &code) {
    StringMap<Constant *> fields{
        {"cpu", text(code.cpu)},
        {"cpu_features", text(code.features)},
        {"device", text(code.device)},
        {"image", code.image.empty() ? null() : text(code.image)},
        {"block_threads", integer(code.blockThreads)},
        {"early_launch", integer(code.earlyLaunch)},
        {"workspace_bytes", integer(code.workspaceBytes)},
        {"scratch_bytes", integer(code.scratchBytes)},
        {"kernel_count", integer(code.kernels.size())},
        {"kernels", kernels(code.kernels)},
        {"prefill", module.getFunction("prefill" + code.suffix)},
        {"decode", module.getFunction("decode" + code.suffix)},
        {"head", module.getFunction("head" + code.suffix)},
        {"state", module.getFunction("state" + code.suffix)},
    };
    SmallVector<Constant *> ordered;
    CRIA_CODE_FIELDS(CRIA_FIELD)
    return record(ordered);
  }
  Constant *variants(ArrayRef<CodeFacts> all) {
    return array(to_vector(map_range(all, [&](const CodeFacts &code) { return variant(code); })),
                 "cria.variants");
  }

  Constant *generation(const import::Generation &from) {
    SmallVector<int32_t> banned;
    for (const auto &sequence : from.banned) {
      banned.append(sequence.begin(), sequence.end());
      banned.push_back(-1);
    }
    SmallVector<Constant *> stops;
    for (const std::string &stop : from.stops)
      stops.push_back(text(stop));
    StringMap<Constant *> fields{
        {"temperature", number(from.temperature)},
        {"top_k", integer(from.topK)},
        {"top_p", number(from.topP)},
        {"min_p", number(from.minP)},
        {"typical_p", number(from.typicalP)},
        {"epsilon_cutoff", number(from.epsilonCutoff)},
        {"eta_cutoff", number(from.etaCutoff)},
        {"repetition_penalty", number(from.repetitionPenalty)},
        {"no_repeat_ngram_size", integer(from.noRepeatNgramSize)},
        {"max_new_tokens", integer(from.maxNewTokens)},
        {"max_length", integer(from.maxLength)},
        {"min_new_tokens", integer(from.minNewTokens)},
        {"min_length", integer(from.minLength)},
        {"banned_count", integer(banned.size())},
        {"banned", tokens(banned, "cria.banned")},
        {"begin_suppress_count", integer(from.beginSuppress.size())},
        {"begin_suppress", tokens(from.beginSuppress, "cria.begin_suppress")},
        {"stop_count", integer(stops.size())},
        {"stops", array(stops, "cria.stops")},
    };
    SmallVector<Constant *> ordered;
    CRIA_GENERATION_FIELDS(CRIA_FIELD)
    return global(record(ordered), "cria.generation");
  }

  Constant *blob(StringRef name, Constant *data, int64_t size) {
    return record({text(name), data, integer(size)});
  }
  Constant *bytesBlob(StringRef name, StringRef bytes) {
    Constant *data = ConstantDataArray::getRaw(bytes, bytes.size(), Type::getInt8Ty(context));
    return blob(name, global(data, "cria.blob"), bytes.size());
  }
  /// The assembler copies the file: it never passes through this process.
  Constant *fileBlob(const std::filesystem::path &file, unsigned number) {
    std::string symbol = "cria_blob_" + std::to_string(number);
    std::string quoted;
    for (char c : file.string())
      quoted += (c == '"' || c == '\\') ? std::string("\\") + c : std::string(1, c);
    // A large section: it may keep the rest from reaching each other by 32-bit offsets.
    std::string section =
        Triple(module.getTargetTriple()).isX86() ? ".lrodata,\"al\",@progbits" : ".rodata,\"a\"";
    // Local to the object, as all of it is but for the descriptor.
    module.appendModuleInlineAsm(".section " + section + "\n.balign 64\n" + symbol +
                                 ":\n.incbin \"" + quoted + "\"\n.byte 0\n.text");
    auto *data = new GlobalVariable(module, Type::getInt8Ty(context), /*isConstant=*/true,
                                    GlobalValue::ExternalLinkage, nullptr, symbol);
    data->setDSOLocal(true);
    return blob(file.filename().string(), data, int64_t(std::filesystem::file_size(file)));
  }
};

} // namespace

std::vector<ParamRow> paramRows(mlir::ModuleOp module) {
  std::vector<ParamRow> rows;
  WeightSlots slots = WeightSlots::of(module);
  for (auto param : module.getOps<ParamOp>()) {
    mlir::RankedTensorType type = param.getTensorType();
    int64_t first = slots.first.at(param.getSymName()), end = -1;
    ParamRow row{param.getCheckpointName().str(),
                 int64_t(storageOf(type.getElementType())->id),
                 type.getRank(),
                 {type.getDimSize(0), type.getRank() == 2 ? type.getDimSize(1) : 1},
                 0,
                 0,
                 0,
                 rowsTogether(type.getElementType()) > 1};
    for (int64_t layer = 0; layer < int64_t(param.getCount()); ++layer) {
      if (!param.hasLayer(layer))
        continue;
      if (layer != end) {
        row.first = first + layer;
        row.layer = layer;
        rows.push_back(row);
      }
      ++rows.back().count;
      end = layer + 1;
    }
  }
  return rows;
}

std::vector<KernelRow> kernelRows(mlir::ModuleOp module) {
  std::vector<KernelRow> rows;
  for (auto kernel :
       module->getAttrOfType<mlir::ArrayAttr>("cria.kernels").getAsRange<mlir::DictionaryAttr>()) {
    auto terms = [&](StringRef what) {
      return SmallVector<int64_t>(kernel.getAs<mlir::DenseI64ArrayAttr>(what).asArrayRef());
    };
    rows.push_back({kernel.getAs<mlir::StringAttr>("name").str(),
                    kernel.getAs<mlir::IntegerAttr>("calls").getInt(), terms("bytes"),
                    terms("flops")});
    if (auto tails = kernel.getAs<mlir::ArrayAttr>("tails"))
      for (auto name : tails.getAsRange<mlir::StringAttr>())
        rows.back().tails.push_back(name.str());
  }
  return rows;
}

void hideFunctions(Module &module) {
  for (Function &function : module)
    if (!function.isDeclaration())
      function.setLinkage(GlobalValue::InternalLinkage);
}

void addDescriptor(Module &module, const Source &source, const Facts &facts) {
  hideFunctions(module); // from here on only the descriptor reaches the code
  Constants make{module};
  const auto &embed = std::get<spec::Embed>(source.model.nodes.front());
  SmallVector<Constant *> blobs;
  if (!source.tokenizer.empty())
    blobs.push_back(
        make.bytesBlob("tokenizer.cria", {reinterpret_cast<const char *>(source.tokenizer.data()),
                                          source.tokenizer.size()}));
  if (!source.chat.empty())
    blobs.push_back(make.bytesBlob(rt::chat::ChatFile::blobName, source.chat));
  if (facts.embedWeights)
    for (auto [i, file] : enumerate(source.weightFiles))
      blobs.push_back(make.fileBlob(file, i));

  StringMap<Constant *> fields{
      {"abi_version", make.integer(CRIA_ABI_VERSION)},
      {"name", make.text(source.model.name)},
      {"source", make.text(source.folder)},
      {"vocab", make.integer(embed.vocab)},
      {"hidden", make.integer(embed.hidden)},
      {"layers", make.integer(facts.cache.layers)},
      {"kv_heads", make.integer(facts.cache.kvHeads)},
      {"head_dim", make.integer(facts.cache.headDim)},
      {"max_seq", make.integer(facts.maxSeq)},
      {"kv_dtype", make.integer(std::int64_t(facts.kvDtype))},
      {"chunk", make.integer(facts.chunk)},
      {"weight_slots", make.integer(facts.weightSlots())},
      {"param_count", make.integer(facts.params.size())},
      {"params", make.params(facts.params)},
      {"graph_hash", make.integer(graphHash(source.model))},
      {"has_random_seed", make.integer(facts.randomSeed.has_value())},
      {"random_seed", make.integer(facts.randomSeed.value_or(0))},
      {"bos", make.integer(source.bos)},
      {"eos_count", make.integer(source.eos.size())},
      {"eos", make.tokens(source.eos, "cria.eos")},
      {"generation", make.generation(source.generation)},
      {"variant_count", make.integer(facts.variants.size())},
      {"variants", make.variants(facts.variants)},
      {"blob_count", make.integer(blobs.size())},
      {"blobs", make.array(blobs, "cria.blobs")},
  };
  // The order of fields is that of the one list in abi.h.
  SmallVector<Constant *> ordered;
  CRIA_MODEL_FIELDS(CRIA_FIELD)
  Constant *record = make.record(ordered);
  auto *descriptor =
      new GlobalVariable(module, record->getType(), /*isConstant=*/true,
                         GlobalValue::ExternalLinkage, record, CRIA_MODEL_SYMBOL_NAME);
  descriptor->setVisibility(GlobalValue::HiddenVisibility);
}

#undef CRIA_FIELD

} // namespace cria::driver
