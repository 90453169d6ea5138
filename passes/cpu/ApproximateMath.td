//===- ApproximateMath.td ------------------------------------*- tablegen -*-===//
#ifndef CRIA_APPROXIMATEMATH_TD
#define CRIA_APPROXIMATEMATH_TD
include "mlir/Pass/PassBase.td"

def ApproximateMathPass : Pass<"cria-approximate-math"> {
  let summary = "expand exponentials and error functions to polynomials that vectorise";
  let description = [{
    `math.exp` of f32 becomes range reduction and a polynomial, accurate to a few units in the
    last place; `math.erf` becomes a quotient of polynomials. Calls to libm would compute one
    element at a time. Sines and cosines, which are f64 and computed once per step, stay calls
    to libm.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::math::MathDialect",
                           "::mlir::vector::VectorDialect"];
}
#endif // CRIA_APPROXIMATEMATH_TD
