# cria_add_model(NAME SPEC MODEL [OPTIONS flag...] [DEPENDS file...])
#
# Compiles MODEL, a .cpp with a spec, a Hugging Face folder or a preset, with criac.
# NAME is then an executable, for $<TARGET_FILE:NAME>, add_test and custom commands; with
# --emit=shared it is a library to link with, lib<NAME>.so with the C API of
# cria/runtime/cria.h; a target can link with one of them, and open others with dlopen. NAME_model
# is the target that builds it, one of ALL.
#
# It is compiled again when any file that criac read has changed, or when a file has come to or
# gone from MODEL: criac lists them (--depfile). DEPENDS names what else it depends on.
cmake_policy(SET CMP0116 NEW) # absolute names in depfiles are those of Ninja's edges

function(cria_add_model name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "SPEC" "OPTIONS;DEPENDS")
  if(NOT ARG_SPEC OR ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "cria_add_model(${name}): SPEC MODEL is missing, or there is more than "
      "cria_add_model(NAME SPEC MODEL [OPTIONS flag...] [DEPENDS file...]): "
      "${ARG_UNPARSED_ARGUMENTS}")
  endif()
  set(criac criac)
  if(TARGET Cria::criac)
    set(criac Cria::criac)
  endif()

  # A preset is a name, all else lies beside the CMakeLists.txt.
  set(model "${ARG_SPEC}")
  get_filename_component(path "${model}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
  if(EXISTS "${path}" OR model MATCHES "\\.(cpp|cc|cxx|spec)$")
    set(model "${path}")
  endif()

  set(output "${CMAKE_CURRENT_BINARY_DIR}/${name}")
  if("--emit=shared" IN_LIST ARG_OPTIONS)
    set(output "${CMAKE_CURRENT_BINARY_DIR}/lib${name}.so")
  endif()
  # A stamp, since CMake takes a file with the name of a target for that target.
  set(stamp "${CMAKE_CURRENT_BINARY_DIR}/${name}_model.stamp")
  add_custom_command(OUTPUT "${stamp}"
    COMMAND ${criac} "${model}" -o "${output}" ${ARG_OPTIONS}
      "--depfile=${stamp}.d" "--depfile-target=${stamp}"
    COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
    BYPRODUCTS "${output}"
    DEPENDS ${ARG_DEPENDS} ${criac}
    DEPFILE "${stamp}.d"
    COMMENT "Compiling model ${name}"
    VERBATIM)
  add_custom_target(${name}_model ALL DEPENDS "${stamp}")
  if("--emit=shared" IN_LIST ARG_OPTIONS)
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE "${output}")
    # Two in one program would both be called by the names of cria.h: CMake refuses to link them.
    set_target_properties(${name} PROPERTIES
      INTERFACE_CRIA_MODEL "${name}" COMPATIBLE_INTERFACE_STRING CRIA_MODEL)
    if(TARGET Cria::headers)
      target_link_libraries(${name} INTERFACE Cria::headers)
    endif()
  else()
    add_executable(${name} IMPORTED GLOBAL)
    set_target_properties(${name} PROPERTIES IMPORTED_LOCATION "${output}")
  endif()
  add_dependencies(${name} ${name}_model)
endfunction()
