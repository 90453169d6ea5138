//===- ApproximateMath.td ------------------------------------*- tablegen -*-===//
#ifndef CRIA_APPROXIMATEMATH_TD
#define CRIA_APPROXIMATEMATH_TD
include "mlir/Pass/PassBase.td"

def ApproximateMathPass : Pass<"cria-approximate-math"> {
  let summary = "write exponentials and error functions as polynomials, which run in vectors";
  let description = [{
    `math.exp` of f32 becomes range reduction and a polynomial, right to a few units in
    the last place, and `math.erf` a quotient of polynomials. A call of libm would run one element at a time. Sines and cosines,
    which are of f64 and once a step, are left to libm.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::math::MathDialect",
                           "::mlir::vector::VectorDialect"];
}
#endif // CRIA_APPROXIMATEMATH_TD
