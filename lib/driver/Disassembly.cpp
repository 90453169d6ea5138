//===- Disassembly.cpp - Machine code as text -----------------------------===//
#include "driver/Disassembly.h"
#include "support/Error.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCDisassembler/MCDisassembler.h"
#include "llvm/MC/MCExpr.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCInstPrinter.h"
#include "llvm/MC/MCInstrAnalysis.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Object/ELFObjectFile.h"
#include <map>

using namespace llvm;
using namespace llvm::object;

namespace cria::driver {
namespace {

/// What LLVM knows of the instructions of a target.
struct Instructions {
  explicit Instructions(const TargetMachine &machine)
      : triple(machine.getTargetTriple()), names(*machine.getMCAsmInfo()),
        subtarget(*machine.getMCSubtargetInfo()), all(*machine.getMCInstrInfo()),
        context(triple, &names, machine.getMCRegisterInfo(), &subtarget),
        decoder(machine.getTarget().createMCDisassembler(subtarget, context)),
        analysis(machine.getTarget().createMCInstrAnalysis(&all)),
        printer(machine.getTarget().createMCInstPrinter(triple, names.getAssemblerDialect(), names,
                                                        all, *machine.getMCRegisterInfo())) {}

  const Triple &triple;
  const MCAsmInfo &names;
  const MCSubtargetInfo &subtarget;
  const MCInstrInfo &all;
  MCContext context;
  std::unique_ptr<const MCDisassembler> decoder;
  std::unique_ptr<MCInstrAnalysis> analysis;
  std::unique_ptr<MCInstPrinter> printer;
};

/// What the linker puts into code.
struct Link {
  std::string kind, symbol;
  std::int64_t addend = 0;
  std::optional<std::uint64_t> address; ///< of the symbol, if it is in the same section
};

/// The code of one section.
struct Section {
  StringRef bytes;
  std::map<std::uint64_t, Link> links;             ///< by address
  std::map<std::uint64_t, ELFSymbolRef> functions; ///< by address
};

template <class Value>
Value valueOf(Expected<Value> value, const std::string &path) {
  if (!value)
    throw Error(path + ": cannot be disassembled: " + toString(value.takeError()));
  return std::move(*value);
}

class Reader {
public:
  explicit Reader(const std::string &path) : path(path) {}

  std::map<std::uint64_t, Section> sections(const ELFObjectFileBase &object) {
    std::map<std::uint64_t, Section> found; // by number
    for (ELFSymbolRef symbol : object.symbols())
      if (symbol.getELFType() == ELF::STT_FUNC && symbol.getSize())
        if (section_iterator home = get(symbol.getSection()); home != object.section_end()) {
          Section &section = found[home->getIndex()];
          section.bytes = get(home->getContents());
          section.functions.try_emplace(get(symbol.getAddress()), symbol);
        }
    for (SectionRef table : object.sections())
      if (section_iterator home = get(table.getRelocatedSection()); home != object.section_end())
        if (auto section = found.find(home->getIndex()); section != found.end())
          for (ELFRelocationRef relocation : table.relocations())
            addLink(section->second, relocation, *home, object);
    return found;
  }

  template <class Value>
  Value get(Expected<Value> value) {
    return valueOf(std::move(value), path);
  }

private:
  void addLink(Section &section, ELFRelocationRef relocation, const SectionRef &home,
               const ELFObjectFileBase &object) {
    SmallString<32> kind;
    relocation.getTypeName(kind);
    Link link;
    link.kind = std::string(kind);
    link.addend = get(relocation.getAddend());
    if (symbol_iterator symbol = relocation.getSymbol(); symbol != object.symbol_end()) {
      section_iterator of = get(symbol->getSection());
      bool isSection = ELFSymbolRef(*symbol).getELFType() == ELF::STT_SECTION;
      link.symbol = get(isSection ? of->getName() : symbol->getName()).str();
      if (of != object.section_end() && *of == home)
        link.address = get(symbol->getAddress());
    }
    // Of several at one place, the first says what is meant; others help the linker.
    section.links.try_emplace(relocation.getOffset(), std::move(link));
  }

  const std::string &path;
};

/// Writes one function after the other.
class Writer {
public:
  explicit Writer(Instructions &instructions, raw_ostream &text)
      : known(instructions), text(text) {}

  void function(const Section &section, std::uint64_t begin, StringRef name, std::uint64_t size) {
    decode(section, begin, size);
    std::string number = std::to_string(count++);
    std::map<std::uint64_t, std::string> labels;
    for (const Line &line : lines)
      if (line.target && *line.target > begin && *line.target < begin + size)
        labels[*line.target];
    for (auto [place, label] : enumerate(labels))
      label.second = ".L" + number + "_" + std::to_string(place + 1);
    text << name << ":\n";
    for (Line &line : lines) {
      if (auto label = labels.find(line.address); label != labels.end())
        text << label->second << ":\n";
      write(line, section, labels);
    }
    text << ".Lfunc_end" << number << ":\n\n";
  }

private:
  struct Line {
    std::uint64_t address, size;
    MCInst instruction;
    bool isKnown;
    const Link *link;
    std::optional<std::uint64_t> target; ///< of a jump or call, in the same section
  };

  void decode(const Section &section, std::uint64_t begin, std::uint64_t size) {
    lines.clear();
    known.analysis->resetState();
    ArrayRef<std::uint8_t> bytes = arrayRefFromStringRef(section.bytes).slice(begin, size);
    for (std::uint64_t at = 0; at < size;) {
      Line line{begin + at, 0, {}, true, nullptr, {}};
      line.isKnown = known.decoder->getInstruction(line.instruction, line.size, bytes.slice(at),
                                                   line.address, nulls()) != MCDisassembler::Fail;
      line.size = std::clamp<std::uint64_t>(line.size, 1, size - at);
      auto link = section.links.lower_bound(line.address);
      if (link != section.links.end() && link->first < line.address + line.size)
        line.link = &link->second;
      std::uint64_t target;
      if (line.isKnown &&
          known.analysis->evaluateBranch(line.instruction, line.address, line.size, target))
        line.target = line.link ? line.link->address : std::optional(target);
      // Calls on RISC-V are two instructions.
      if (line.isKnown)
        known.analysis->updateState(line.instruction, line.address);
      at += line.size;
      lines.push_back(std::move(line));
    }
  }

  void write(Line &line, const Section &section,
             const std::map<std::uint64_t, std::string> &labels) {
    if (!line.isKnown) {
      text << "\t.byte\t";
      ListSeparator comma(", ");
      for (char byte : section.bytes.substr(line.address, line.size))
        text << comma << unsigned(std::uint8_t(byte));
      text << "\n";
      return;
    }
    std::string name = nameOf(line, section, labels);
    bool isNamed = !name.empty() && jumpTo(line.instruction, name);
    known.printer->printInst(&line.instruction, line.address, /*Annot=*/"", known.subtarget, text);
    if (!isNamed && (line.link || !name.empty()))
      text << "\t" << known.names.getCommentString() << " "
           << (line.link ? describe(*line.link) : name);
    text << "\n";
  }

  static std::string describe(const Link &link) {
    std::string sum = link.addend ? (link.addend < 0 ? "" : "+") + std::to_string(link.addend) : "";
    return link.kind + " " + link.symbol + sum;
  }

  /// What an instruction jumps to or calls, or nothing.
  std::string nameOf(const Line &line, const Section &section,
                     const std::map<std::uint64_t, std::string> &labels) {
    if (line.target) {
      if (auto label = labels.find(*line.target); label != labels.end())
        return label->second;
      if (auto callee = section.functions.find(*line.target); callee != section.functions.end())
        if (Expected<StringRef> name = callee->second.getName())
          return name->str();
    }
    return line.link ? line.link->symbol : "";
  }

  /// Puts `name` in the place of an address; false if `instruction` has none.
  bool jumpTo(MCInst &instruction, const std::string &name) {
    const MCInstrDesc &description = known.all.get(instruction.getOpcode());
    for (auto [operand, kind] : zip(instruction, description.operands()))
      if (kind.OperandType == MCOI::OPERAND_PCREL && operand.isImm() &&
          (description.isBranch() || description.isCall())) {
        operand = MCOperand::createExpr(
            MCSymbolRefExpr::create(known.context.getOrCreateSymbol(name), known.context));
        return true;
      }
    return false;
  }

  Instructions &known;
  raw_ostream &text;
  std::vector<Line> lines;
  int count = 0;
};

} // namespace

bool canDisassemble(const Target &target) {
  return target.machine->getTargetTriple().isOSBinFormatELF() && !target.isGpu();
}

std::string disassemble(const std::string &path, const Target &target) {
  auto file = valueOf(errorOrToExpected(MemoryBuffer::getFile(path)), path);
  auto object = valueOf(ObjectFile::createELFObjectFile(*file), path);
  Instructions instructions(*target.machine);
  std::string all;
  raw_string_ostream text(all);
  Writer writer(instructions, text);
  Reader reader(path);
  for (auto &[number, section] : reader.sections(cast<ELFObjectFileBase>(*object)))
    for (auto &[begin, function] : section.functions) {
      std::uint64_t size = function.getSize();
      if (begin > section.bytes.size() || size > section.bytes.size() - begin)
        throw Error(path + ": cannot be disassembled: a function ends after its section");
      writer.function(section, begin, reader.get(function.getName()), size);
    }
  return all;
}

} // namespace cria::driver
