//===- NameKernels.td ----------------------------------------*- tablegen -*-===//
#ifndef CRIA_NAMEKERNELS_TD
#define CRIA_NAMEKERNELS_TD
include "mlir/Pass/PassBase.td"

def NameKernelsPass : Pass<"cria-name-kernels"> {
  let summary = "make the names of kernels unique in their function";
  let description = [{
    From here on a kernel is known by its name: in files of schedules, as a function, in tables
    of times. The second kernel of a name is called `name_2`, and so on.
  }];
}
#endif // CRIA_NAMEKERNELS_TD
