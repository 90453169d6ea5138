# Cria::criac      the compiler, for custom commands
# Cria::cria-opt   mlir-opt with Cria's dialect, passes and phases
# Cria::headers    include/cria: the C API of compiled models, and specs
# cria_add_model   a target that compiles a model
include("${CMAKE_CURRENT_LIST_DIR}/CriaTargets.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/CriaAddModel.cmake")
