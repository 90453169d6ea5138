# Documentation made from the sources.
#
#   cria-help          man pages and completions, from the --help of the tools; built by default
#   cria-update-docs   docs/generated, from the ODS and the pass definitions
find_package(Python3 COMPONENTS Interpreter)

# Pages of the dialect and the passes are checked in, so that they can be read online. The test
# docs-generated compares them with these targets' output.
set(CRIA_GENERATED_DOCS
  "${PROJECT_BINARY_DIR}/dialect/CriaDialect.md" "${PROJECT_BINARY_DIR}/passes/CriaPasses.md")
add_custom_target(cria-update-docs
  COMMAND "${CMAKE_COMMAND}" -E copy ${CRIA_GENERATED_DOCS} "${PROJECT_SOURCE_DIR}/docs/generated"
  COMMENT "Updating docs/generated")
add_dependencies(cria-update-docs cria-docs cria-pass-docs)

# Man pages need a running criac, so not when compiling for another machine.
if(Python3_Interpreter_FOUND AND NOT CMAKE_CROSSCOMPILING)
  set(CRIA_HELP_TOOLS criac cria-study cria-bench cria-lab cria-run cria-opt cria-lsp-server)
  set(CRIA_HELP_DIR "${PROJECT_BINARY_DIR}/help")
  set(tools "")
  foreach(tool ${CRIA_HELP_TOOLS})
    list(APPEND tools "$<TARGET_FILE:${tool}>")
  endforeach()
  add_custom_command(OUTPUT "${CRIA_HELP_DIR}/stamp"
    COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/scripts/help-pages.py"
      "${CRIA_HELP_DIR}" ${tools}
    COMMAND "${CMAKE_COMMAND}" -E touch "${CRIA_HELP_DIR}/stamp"
    DEPENDS "${PROJECT_SOURCE_DIR}/scripts/help-pages.py" ${CRIA_HELP_TOOLS}
    COMMENT "Writing man pages and completions"
    VERBATIM)
  add_custom_target(cria-help ALL DEPENDS "${CRIA_HELP_DIR}/stamp")
  install(DIRECTORY "${CRIA_HELP_DIR}/man1" DESTINATION "${CMAKE_INSTALL_MANDIR}")
  install(DIRECTORY "${CRIA_HELP_DIR}/bash/"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
  install(DIRECTORY "${CRIA_HELP_DIR}/zsh/" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
  install(DIRECTORY "${CRIA_HELP_DIR}/fish/"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
endif()
