//===- ObjectFaults.cpp - Damage to the object ----------------------------===//
#include "Faults.h"
#include <cmath>
#include <cstring>

using namespace llvm;
using object::ObjectFile;

namespace cria::faults {
namespace {

/// The bytes of the file that are the contents of a section.
MutableArrayRef<char> contents(const object::SectionRef &section, MutableArrayRef<char> bytes,
                               const ObjectFile &file) {
  Expected<StringRef> text = section.getContents();
  if (!text) {
    consumeError(text.takeError());
    return {};
  }
  if (section.isBSS() || section.isVirtual() || text->empty())
    return {};
  return bytes.slice(std::size_t(text->data() - file.getData().data()), text->size());
}

/// The frequency of the second pair of a head of 32, which nothing rescales: 10000^(-2/32).
bool changeFrequency(const ObjectFile &file, MutableArrayRef<char> bytes) {
  double frequency = std::pow(10000, -2.0 / 32);
  for (const object::SectionRef &section : file.sections()) {
    MutableArrayRef<char> part = contents(section, bytes, file);
    for (std::size_t at = 0; at + sizeof frequency <= part.size(); at += sizeof frequency)
      if (std::memcmp(&part[at], &frequency, sizeof frequency) == 0) {
        part[at + 5] ^= 1; // the 12th bit of 52
        return true;
      }
  }
  return false;
}

/// The function's first instructions but a few.
bool eraseInstructions(const ObjectFile &file, MutableArrayRef<char> bytes) {
  for (const object::SymbolRef &symbol : file.symbols()) {
    Expected<StringRef> name = symbol.getName();
    Expected<std::uint64_t> value = symbol.getValue();
    Expected<object::section_iterator> section = symbol.getSection();
    bool found =
        name && value && section && name->ends_with("prefill") && *section != file.section_end();
    if (found) {
      MutableArrayRef<char> code = contents(**section, bytes, file);
      std::memset(&code[*value + 32], 0, 16);
    }
    consumeError(name.takeError());
    consumeError(value.takeError());
    consumeError(section.takeError());
    if (found)
      return true;
  }
  return false;
}

/// A bit of an embedded weight, at about the middle of the file, which is f32.
bool flipWeight(const ObjectFile &file, MutableArrayRef<char> bytes, std::size_t byte, char bit) {
  const char magic[] = "\"data_offsets\"";
  for (const object::SectionRef &section : file.sections()) {
    MutableArrayRef<char> part = contents(section, bytes, file);
    if (StringRef(part.data(), part.size()).contains(magic)) {
      part[part.size() / 2 / 4 * 4 + byte] ^= bit;
      return true;
    }
  }
  return false;
}

bool flipMantissa(const ObjectFile &file, MutableArrayRef<char> bytes) {
  return flipWeight(file, bytes, 2, 0x40);
}

bool flipExponent(const ObjectFile &file, MutableArrayRef<char> bytes) {
  return flipWeight(file, bytes, 3, 0x02);
}

constexpr Fault faults[] = {
    {"object: a bit of a rotary frequency flipped", {InObject{changeFrequency}}},
    {"object: instructions of prefill erased", {InObject{eraseInstructions}}},
    {"object: a mantissa bit of a weight flipped", {InObject{flipMantissa}}, "--embed-weights"},
    {"object: an exponent bit of a weight flipped", {InObject{flipExponent}}, "--embed-weights"},
};

} // namespace

llvm::ArrayRef<Fault> objectFaults() { return faults; }

} // namespace cria::faults
