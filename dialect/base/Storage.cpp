//===- Storage.cpp - Storages as element types ----------------------------===//
#include "dialect/base/Storage.h"
#include "dialect/Cria.h"
#include "storage/Packed.h"

using namespace mlir;

namespace cria {

const storage::Storage *storageOf(Type element) {
  if (auto block = dyn_cast<BlockType>(element))
    return isRounded(block) ? &storage::q8 : &storage::storageOf(block.getStorage());
#define CRIA_STORAGE(NAME, word, id, ...)                                                          \
  if (element.is##NAME())                                                                          \
    return &storage::storageOf(id);
  CRIA_FLOAT_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
  return nullptr;
}

Type storageType(MLIRContext *context, int64_t id) {
  if (storage::storageOf(id).isBlock())
    return BlockType::get(context, id);
  for (Type type : {Type(Float32Type::get(context)), Type(Float16Type::get(context)),
                    Type(BFloat16Type::get(context))})
    if (storageOf(type)->id == id)
      return type;
  llvm_unreachable("a storage of floats without a type");
}

bool isBlock(Type element) { return isa<BlockType>(element); }

Type packedType(Type element) {
  return BlockType::get(element.getContext(), cast<BlockType>(element).getStorage(),
                        /*packed=*/true);
}

int64_t rowsTogether(Type element) {
  auto block = dyn_cast<BlockType>(element);
  return block && block.getPacked() ? storage::packedRows : 1;
}

Type roundedType(MLIRContext *context) { return BlockType::get(context, storage::q8.id); }

bool isRounded(Type element) { return element == roundedType(element.getContext()); }

bool isCacheBlock(Type element) {
#define CRIA_STORAGE(NAME, name, ...) || storageOf(element)->word == #name
  return isBlock(element) && rowsTogether(element) == 1 &&
         (false CRIA_CACHE_BLOCK_STORAGES(CRIA_STORAGE));
#undef CRIA_STORAGE
}

bool isQuantizedCache(Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  if (!shaped || !shaped.hasRank() || shaped.getRank() != 3)
    return false;
  int64_t width = shaped.getDimSize(2);
  return isCacheBlock(shaped.getElementType()) && !ShapedType::isDynamic(width) &&
         width % storageOf(shaped.getElementType())->elements == 0;
}

int64_t bytesOf(Type element, int64_t count) {
  if (const storage::Storage *storage = storageOf(element))
    return storage->bytesOf(count);
  return count * int64_t(llvm::divideCeil(element.getIntOrFloatBitWidth(), 8));
}

MemRefType bytesType(MemRefType blocks) {
  const storage::Storage &storage = *storageOf(blocks.getElementType());
  auto scaled = [&](int64_t count) {
    return ShapedType::isDynamic(count) ? count : storage.bytesOf(count);
  };
  SmallVector<int64_t> shape(blocks.getShape());
  shape.back() = scaled(shape.back());
  int64_t together = rowsTogether(blocks.getElementType());
  if (together > 1) {
    shape.back() *= together;
    if (!ShapedType::isDynamic(shape.front()))
      shape.front() /= together;
  }
  Type byte = IntegerType::get(blocks.getContext(), 8);
  if (blocks.getLayout().isIdentity())
    return MemRefType::get(shape, byte);
  auto [strides, offset] = blocks.getStridesAndOffset();
  for (int64_t &stride : MutableArrayRef(strides).drop_back())
    stride = scaled(stride) * together;
  return MemRefType::get(shape, byte,
                         StridedLayoutAttr::get(blocks.getContext(), scaled(offset), strides));
}

Type BlockType::parse(AsmParser &parser) {
  StringRef word;
  if (parser.parseLess())
    return {};
  auto at = parser.getCurrentLocation();
  if (parser.parseKeyword(&word))
    return {};
  bool packed = succeeded(parser.parseOptionalComma());
  if ((packed && parser.parseKeyword("packed")) || parser.parseGreater())
    return {};
  if (word == StringRef(storage::q8.word) && !packed)
    return roundedType(parser.getContext());
  std::string known;
  for (const storage::Storage &storage : storage::storages()) {
    if (!storage.isBlock())
      continue;
    if (storage.word == std::string_view(word))
      return get(parser.getContext(), storage.id, packed);
    known += (known.empty() ? "" : ", ") + std::string(storage.word);
  }
  parser.emitError(at) << "unknown storage \"" << word << "\"; known blocks: " << known;
  return {};
}

void BlockType::print(AsmPrinter &printer) const {
  printer << '<' << StringRef(storageOf(*this)->word) << (getPacked() ? ", packed>" : ">");
}

} // namespace cria
