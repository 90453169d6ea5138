# cmake --install: the tools, what criac links programs with, the headers, and the package
# that find_package(Cria) finds.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package "${CMAKE_INSTALL_LIBDIR}/cmake/Cria")

install(TARGETS criac cria-bench cria-lab cria-run cria-study cria-opt cria-lsp-server EXPORT CriaTargets)
# criac looks for the runtime in ../lib/cria.
install(TARGETS cria_rt cria_rt_main ARCHIVE DESTINATION lib/cria)
add_library(cria_headers INTERFACE)
set_target_properties(cria_headers PROPERTIES EXPORT_NAME headers)
target_compile_features(cria_headers INTERFACE cxx_std_20)
target_include_directories(cria_headers INTERFACE "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
install(TARGETS cria_headers EXPORT CriaTargets)
install(DIRECTORY include/cria DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
  PATTERN .clang-format EXCLUDE)
install(DIRECTORY lib/web DESTINATION "${CMAKE_INSTALL_DATADIR}/cria")
install(DIRECTORY docs/ DESTINATION "${CMAKE_INSTALL_DOCDIR}" PATTERN decisions EXCLUDE)
install(FILES THIRD_PARTY_NOTICES.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")

install(EXPORT CriaTargets NAMESPACE Cria:: DESTINATION "${package}")
write_basic_package_version_file(CriaConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_SOURCE_DIR}/cmake/CriaConfig.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/CriaAddModel.cmake"
  "${PROJECT_BINARY_DIR}/CriaConfigVersion.cmake" DESTINATION "${package}")
