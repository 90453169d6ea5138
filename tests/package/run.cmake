# Installs BUILD into a prefix of its own and builds and runs the project beside this file.
file(REMOVE_RECURSE "${WORK}")
foreach(step
    "${CMAKE_COMMAND};--install;${BUILD};--prefix;${WORK}/prefix"
    "${CMAKE_COMMAND};-S;${SOURCE};-B;${WORK}/build;-DCMAKE_PREFIX_PATH=${WORK}/prefix;-DMODEL=${MODEL}"
    "${CMAKE_COMMAND};--build;${WORK}/build"
    "${WORK}/build/program"
    "${CMAKE_CTEST_COMMAND};--test-dir;${WORK}/build;--no-tests=error;--output-on-failure")
  execute_process(COMMAND ${step} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
