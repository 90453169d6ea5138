# Installs BUILD into a prefix of its own, builds and runs the project beside this file, and runs the tools that measure.
file(REMOVE_RECURSE "${WORK}")
foreach(step
    "${CMAKE_COMMAND};--install;${BUILD};--prefix;${WORK}/prefix"
    "${CMAKE_COMMAND};-S;${SOURCE};-B;${WORK}/build;-DCMAKE_PREFIX_PATH=${WORK}/prefix;-DMODEL=${MODEL}"
    "${CMAKE_COMMAND};--build;${WORK}/build"
    "${WORK}/build/program"
    "${WORK}/prefix/bin/cria-bench;${MODEL};--repeats=1;--max-seq=64"
    "${WORK}/prefix/bin/cria-study;${MODEL};--repeats=1;--max-seq=64;--fusions=norm-into-linear"
    "${CMAKE_CTEST_COMMAND};--test-dir;${WORK}/build;--no-tests=error;--output-on-failure")
  execute_process(COMMAND ${step} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
