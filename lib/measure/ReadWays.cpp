//===- ReadWays.cpp - Ways of reading memory ------------------------------===//
#include "measure/ReadWays.h"
#include "measure/ProbeLoop.h"
#include "measure/ProbeUnits.h"
#include <fmt/format.h>

using namespace llvm;

namespace cria::measure {
namespace {

using llvm::Type;
using llvm::Value;

constexpr std::int64_t lineBytes = 64; ///< bytes that one prefetch fetches

constexpr ReadWay ways[] = {
    {1, 0, false},       {1, 0, true},       {1, 2 << 10, false}, {1, 2 << 10, true},
    {1, 8 << 10, false}, {1, 8 << 10, true}, {4, 0, false},       {4, 0, true},
    {4, 2 << 10, false}, {4, 2 << 10, true},
};

void addRead(Module &module, const TargetInfo &info, const ReadWay &way) {
  LLVMContext &context = module.getContext();
  auto *pointer = PointerType::get(context, 0);
  ProbeLoop read(module, way.function(), {pointer, Type::getInt64Ty(context), pointer},
                 info.vectorBits);
  IRBuilder<> &b = read.b;
  auto *vector = FixedVectorType::get(b.getInt32Ty(), unsigned(info.lanes()));
  std::int64_t vectorBytes = info.vectorBits / 8, perStream = readBlock / way.streams;
  SmallVector<Value *> zeros(size_t(chains(info)), Constant::getNullValue(vector));
  Value *begin = read.argument(0), *bytes = read.argument(1);
  // `index` counts the bytes of all streams together.
  read.emit(bytes, readBlock, read.argument(2), zeros,
            [&](Value *index, MutableArrayRef<Value *> sums) {
              Value *inStream = b.CreateUDiv(index, b.getInt64(std::uint64_t(way.streams)));
              Value *length = b.CreateUDiv(bytes, b.getInt64(std::uint64_t(way.streams)));
              auto byteOf = [&](std::int64_t stream, std::int64_t offset) {
                Value *start = b.CreateMul(length, b.getInt64(std::uint64_t(stream)));
                Value *at = b.CreatePtrAdd(begin, b.CreateAdd(start, inStream));
                return b.CreatePtrAdd(at, b.getInt64(std::uint64_t(offset)));
              };
              std::size_t sum = 0;
              for (std::int64_t line = 0; line < perStream; line += lineBytes)
                for (std::int64_t stream = 0; stream < way.streams; ++stream) {
                  if (way.prefetchBytes)
                    b.CreateIntrinsic(Intrinsic::prefetch, {pointer},
                                      {byteOf(stream, way.prefetchBytes + line),
                                       /*read*/ b.getInt32(0), /*locality*/ b.getInt32(3),
                                       /*data*/ b.getInt32(1)});
                  for (std::int64_t byte = line; byte < line + lineBytes; byte += vectorBytes) {
                    Value *loaded = b.CreateAlignedLoad(vector, byteOf(stream, byte),
                                                        Align(std::uint64_t(vectorBytes)));
                    Value *&total = sums[sum++ % sums.size()];
                    total = b.CreateAdd(total, loaded);
                  }
                }
            });
}

} // namespace

std::string ReadWay::function() const { return fmt::format("read_{}_{}", streams, prefetchBytes); }

ArrayRef<ReadWay> readWays() { return ways; }

void addReads(Module &module, const TargetInfo &info) {
  for (const ReadWay &way : ways)
    if (!way.hugePages)
      addRead(module, info, way);
}

} // namespace cria::measure
