//===- Options.h - What a compilation is asked for --------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cria::driver {

/// How much of what was written is checked: a part that takes seconds, or all of the context.
enum class Verify { none, quick, full };

/// The sets of fusions of a report: none, each alone, each left out and all; or every subset.
enum class ReportSets { each, all };

enum class Emit { spec, mlir, schedule, llvm, assembly, object, shared, executable, wasm };

/// The command line. How the model is to run is a plan: what the command line leaves open is
/// the spec's to say, and then the compiler's.
struct Options {
  std::string command; ///< as it was typed
  std::string model;   ///< a Hugging Face folder, a GGUF file, a file with a spec, or a preset
  std::string output;  ///< "-" is standard output; empty: from the model
  Emit emit = Emit::executable;
  spec::Plan plan;
  std::string stopAfter;                  ///< a phase, or empty
  std::string dumpIr;                     ///< a folder, or empty
  std::string schedule;                   ///< a file of schedules, or empty
  std::int64_t cores = 0;                 ///< to make work for; 0: those of the target
  std::optional<std::int64_t> randomSeed; ///< weights are made, not read
  std::string runtimeDir; ///< of the runtime to link with; empty: found by the target
  std::string sysroot;    ///< of the system to link for; empty: as the linker driver finds it
  /// Write the model as a GGUF file of this storage, and compile nothing.
  std::optional<spec::DType> quantize;
  /// Patterns of names of matrices that are stored otherwise then; the last that fits counts.
  std::vector<std::pair<std::string, spec::DType>> quantizeTensors;
  /// Write the model as a GGUF file whose matrices are packed, and compile nothing.
  bool pack = false;
  bool embedWeights = false;
  bool noTokenizer = false;
  std::string chatTemplate;     ///< a file; empty: that of the model
  bool noChatTemplate = false;  ///< the output has no chat
  Verify verify = Verify::none; ///< run what was written against the f64 reference
  std::string report;           ///< where to write the page of the compilation; empty: nowhere
  std::optional<ReportSets> reportSets; ///< none: each
  std::string machine;                  ///< limits for the page, by cria-bench; a path, or empty
  bool inspects = false;                ///< keep what the compilation does, and write nothing
  bool remarks = false;                 ///< say on standard error what fusions did
  std::string remarksFile;              ///< the same as JSON or YAML; a path, or empty
  std::string depfile;       ///< where to write the files that were read; a path, or empty
  std::string depfileTarget; ///< what depends on them; empty: the output
  bool time = false;
};

/// `given`, with what it leaves out as `spec` says.
spec::Plan mergePlans(const spec::Plan &given, const spec::Plan &spec);

/// `given` where it says something, else `spec`, else what the compiler chooses for `model`.
/// Throws cria::Error for a length that `model` was not made for.
spec::Plan choosePlan(const spec::Plan &given, const spec::Plan &spec, const spec::Model &model,
                      const std::string &name);

} // namespace cria::driver
