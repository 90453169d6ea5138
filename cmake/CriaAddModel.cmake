# cria_add_model(NAME SPEC MODEL [OPTIONS flag...] [DEPENDS file...])
#
# Compiles MODEL, a .cpp with a spec, a Hugging Face folder or a preset, with criac.
# Without --emit, or with --emit=exe, the target NAME builds the program NAME. With
# --emit=shared NAME is a library to link with, lib<NAME>.so with the C API of
# cria/runtime/cria.h. DEPENDS names headers that the spec includes.
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
  set(depends ${ARG_DEPENDS} ${criac})
  get_filename_component(path "${model}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
  if(IS_DIRECTORY "${path}")
    set(model "${path}")
    list(APPEND depends "${path}/config.json")
  elseif(EXISTS "${path}" OR model MATCHES "\\.(cpp|cc|cxx|spec)$")
    set(model "${path}")
    list(APPEND depends "${path}")
  endif()

  set(output "${CMAKE_CURRENT_BINARY_DIR}/${name}")
  if("--emit=shared" IN_LIST ARG_OPTIONS)
    set(output "${CMAKE_CURRENT_BINARY_DIR}/lib${name}.so")
  endif()
  add_custom_command(OUTPUT "${output}"
    COMMAND ${criac} "${model}" -o "${output}" ${ARG_OPTIONS}
    DEPENDS ${depends}
    COMMENT "Compiling model ${name}"
    VERBATIM)
  if("--emit=shared" IN_LIST ARG_OPTIONS)
    add_custom_target(${name}_model DEPENDS "${output}")
    add_library(${name} INTERFACE)
    add_dependencies(${name} ${name}_model)
    target_link_libraries(${name} INTERFACE "${output}")
    if(TARGET Cria::headers)
      target_link_libraries(${name} INTERFACE Cria::headers)
    endif()
  else()
    add_custom_target(${name} ALL DEPENDS "${output}")
  endif()
endfunction()
