//===- CompiledModel.h - The model that is linked in ------------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"

/// Written by criac.
extern "C" const cria_model CRIA_MODEL_SYMBOL;
