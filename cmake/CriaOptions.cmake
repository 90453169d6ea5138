# How every target of Cria is compiled. Targets ask for it by linking cria_options.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")
# Installed tools find the shared LLVM and MLIR where they were found here.
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CRIA_CCACHE ccache)
if(CRIA_CCACHE)
  # Precompiled headers are cached only if ccache may ignore their time stamps.
  set(CRIA_LAUNCHER "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime;${CRIA_CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CRIA_LAUNCHER}")
  set(CMAKE_C_COMPILER_LAUNCHER "${CRIA_LAUNCHER}")
endif()

add_library(cria_options INTERFACE)
target_compile_options(cria_options INTERFACE -Wall -Wextra -Wno-unused-parameter)
target_include_directories(cria_options INTERFACE
  "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/lib")

# CRIA_SANITIZE_FLAG: what programs are linked with, if anything.
set(CRIA_SANITIZE_FLAG "")
if(CRIA_SANITIZE STREQUAL "address")
  set(CRIA_SANITIZE_FLAG -fsanitize=address,undefined)
  add_library(cria_asan_options OBJECT "${PROJECT_SOURCE_DIR}/cmake/AsanOptions.c")
  target_sources(cria_options INTERFACE
    "$<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:$<TARGET_OBJECTS:cria_asan_options>>")
elseif(CRIA_SANITIZE STREQUAL "thread")
  set(CRIA_SANITIZE_FLAG -fsanitize=thread)
elseif(CRIA_SANITIZE)
  message(FATAL_ERROR "CRIA_SANITIZE: \"${CRIA_SANITIZE}\" is neither address nor thread")
endif()
if(CRIA_SANITIZE)
  target_compile_options(cria_options INTERFACE
    ${CRIA_SANITIZE_FLAG} -fno-sanitize=vptr,function -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(cria_options INTERFACE ${CRIA_SANITIZE_FLAG})
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  target_link_options(cria_options INTERFACE -fuse-ld=lld)
endif()
