# Runtimes of other systems, so that criac --target=TRIPLE makes whole programs. clang compiles for
# every system; what it takes besides is that system's libc and libstdc++, which Debian packages as
# libc6-dev-ARCH-cross and libstdc++-12-dev-ARCH-cross (scripts/install-emulators).
# Include it in the folder of cria_rt.
set(CRIA_RUNTIMES "x86_64-linux-gnu;aarch64-linux-gnu;riscv64-linux-gnu" CACHE STRING
  "Systems to build the runtime for besides this one, where their C++ library is installed")

include(CheckCXXSourceCompiles)

# The same sources as cria_rt and cria_rt_main, as archives in lib/SYSTEM.
function(cria_add_runtime system)
  get_target_property(sources cria_rt SOURCES)
  list(FILTER sources EXCLUDE REGEX "TARGET_OBJECTS")
  foreach(part support storage)
    get_target_property(own cria_${part} SOURCES)
    get_target_property(folder cria_${part} SOURCE_DIR)
    list(TRANSFORM own PREPEND "${folder}/")
    list(APPEND sources ${own})
    get_target_property(flags cria_${part} COMPILE_OPTIONS)
    if(flags)
      set_source_files_properties(${own} PROPERTIES
        COMPILE_OPTIONS "${flags}" SKIP_PRECOMPILE_HEADERS ON)
    endif()
    set_source_files_properties(${own} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endforeach()
  get_target_property(options cria_rt COMPILE_OPTIONS)
  add_library(cria_rt_${system} STATIC ${sources})
  target_compile_options(cria_rt_${system} PRIVATE ${options})
  target_precompile_headers(cria_rt_${system} PRIVATE <fmt/format.h> <nlohmann/json.hpp>)
  # They are seldom built for a change of one source.
  set_target_properties(cria_rt_${system} PROPERTIES UNITY_BUILD ON)
  get_target_property(main cria_rt_main SOURCES)
  add_library(cria_rt_main_${system} STATIC ${main})
  foreach(part rt rt_main)
    # libstdc++ in gcc-cross warns of itself.
    target_compile_options(cria_${part}_${system} PRIVATE
      --target=${system} -Wno-deprecated-declarations)
    target_link_libraries(cria_${part}_${system}
      PRIVATE cria_options nlohmann_json::nlohmann_json)
    set_target_properties(cria_${part}_${system} PROPERTIES
      OUTPUT_NAME cria_${part} ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_ARCHIVE_OUTPUT_DIRECTORY}/${system}")
    install(TARGETS cria_${part}_${system} ARCHIVE DESTINATION lib/cria/${system})
  endforeach()
endfunction()

if(CRIA_SANITIZE OR NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
  return() # no sanitizer's library is there, and g++ compiles for one system
endif()
set(CRIA_RUNTIMES_BUILT "")
foreach(system ${CRIA_RUNTIMES})
  if(system MATCHES "^${CMAKE_SYSTEM_PROCESSOR}-")
    continue()
  endif()
  set(CMAKE_REQUIRED_FLAGS "--target=${system}")
  set(CMAKE_REQUIRED_LINK_OPTIONS -fuse-ld=lld)
  check_cxx_source_compiles("#include <string>\nint main(int n, char **) { return int(std::string(n, ' ').size()); }"
    CRIA_COMPILES_FOR_${system})
  if(CRIA_COMPILES_FOR_${system})
    cria_add_runtime(${system})
    list(APPEND CRIA_RUNTIMES_BUILT ${system})
  endif()
endforeach()
message(STATUS "Runtimes for other systems: ${CRIA_RUNTIMES_BUILT}")
