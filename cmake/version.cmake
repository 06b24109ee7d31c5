# cmake -DROOT= -DVERSION= -DOUTPUT= -P version.cmake

set(version "${VERSION}")
find_program(git git)
if(git AND EXISTS "${ROOT}/.git")
  execute_process(COMMAND "${git}" -C "${ROOT}" describe --tags --always --dirty --abbrev=7 --match "v[0-9]*"
    OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed AND NOT described STREQUAL "v${VERSION}")
    # v0.1.0-3-gabc1234-dirty or abc1234-dirty
    string(REGEX MATCH "g?([0-9a-f]+)(-dirty)?$" ignored "${described}")
    set(version "${VERSION}+g${CMAKE_MATCH_1}")
    if(CMAKE_MATCH_2)
      string(APPEND version ".dirty")
    endif()
  endif()
endif()

set(out "#include \"auditor/model/embedded.hpp\"\n\nnamespace audit {\n\n")
string(APPEND out "std::string_view program_version() { return \"${version}\"; }\n\n}  // namespace audit\n")
set(old "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" old)
endif()
if(NOT old STREQUAL out)
  file(WRITE "${OUTPUT}" "${out}")
endif()
