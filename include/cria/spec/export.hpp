//===- export.hpp - The models of a file, for criac -------------*- C++ -*-===//
//
// criac compiles a .cpp with a main of its own, which includes this header, then the file, and
// calls `write_exports`. CRIA_MODEL and CRIA_PLAN then also register what they define.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "cria/spec/serialise.hpp"
#include "cria/spec/to_graph.hpp"
#include <cstdio>

namespace cria::spec {

struct exported {
  std::string file;
  Spec spec;
};

inline std::vector<exported> &exports() {
  static std::vector<exported> all;
  return all;
}

inline bool note(const char *file, Model model) {
  exports().push_back({file, {std::move(model), {}}});
  return true;
}
/// The plan of the model `name`, which precedes it in the file.
inline bool note(const char *name, Plan plan) {
  for (exported &each : exports())
    if (each.spec.model.name == name)
      each.spec.plan = plan;
  return true;
}

/// Writes the models that `file` defines, excluding those of included headers, to `path`. Returns
/// an exit code.
inline int write_exports(const char *file, const char *path) {
  std::FILE *out = std::fopen(path, "w");
  if (!out)
    return 1;
  for (const exported &each : exports())
    if (each.file == file)
      std::fputs(serialise(each.spec).c_str(), out);
  return std::fclose(out) == 0 ? 0 : 1;
}

} // namespace cria::spec

#undef CRIA_EXPORT_MODEL
#define CRIA_EXPORT_MODEL(NAME)                                                                    \
  [[maybe_unused]] static const bool NAME##_is_exported =                                          \
      ::cria::spec::note(__FILE__, ::cria::spec::to_graph(NAME, #NAME));
#undef CRIA_EXPORT_PLAN
#define CRIA_EXPORT_PLAN(NAME)                                                                     \
  [[maybe_unused]] static const bool NAME##_plan_is_exported =                                     \
      ::cria::spec::note(#NAME, ::cria::spec::to_graph(NAME##_plan));
