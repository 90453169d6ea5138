# cria_unity(TARGET [APART file.cpp ...]): with CRIA_UNITY, sources of TARGET are compiled eight at a time,
# except for those that use names of their own for the same thing as others do.
function(cria_unity target)
  cmake_parse_arguments(ARG "" "" "APART" ${ARGN})
  set_source_files_properties(${ARG_APART} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${CRIA_UNITY})
endfunction()
