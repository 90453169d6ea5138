# cpack -G DEB in a build folder makes cria_VERSION_ARCH.deb, with the same contents as
# cmake --install and the Debian packages that the tools and compiled programs need.
set(CPACK_PACKAGE_NAME cria)
set(CPACK_PACKAGE_CONTACT "The Cria maintainers <maintainers@cria.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_DESCRIPTION "Cria compiles Llama-3-architecture models to native programs and
libraries through one MLIR dialect, and measures what each kernel fusion contributes.")
set(CPACK_PACKAGE_INSTALL_DIRECTORY cria)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
# Dependencies of the tools on shared libraries. The linker driver that criac starts and
# Boost.Hana of C++ specs are not linked into the tools. libLLVM is found by two names in two
# packages, of which dpkg-shlibdeps takes any, and only one says what to depend on.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "clang-22 | g++ | c++-compiler, libllvm22")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libboost-dev")
find_program(CRIA_SHLIBDEPS dpkg-shlibdeps)
if(CRIA_SHLIBDEPS)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
else()
  string(APPEND CPACK_DEBIAN_PACKAGE_DEPENDS ", libmlir-22, libstdc++6, libc6")
endif()
include(CPack)
