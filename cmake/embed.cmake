# cmake -DROOT= -DFILE= -DOUTPUT= -P embed.cmake
# Writes the file as a string literal, cut at line ends into pieces of at most 12 kB.

function(literal text result)
  set(pieces "")
  set(limit 12000)
  string(FIND "${text}" ")audit\"" clash)
  if(NOT clash EQUAL -1)
    message(FATAL_ERROR "an embedded file holds )audit\"")
  endif()
  string(LENGTH "${text}" length)
  set(start 0)
  while(start LESS length)
    string(SUBSTRING "${text}" ${start} ${limit} piece)
    math(EXPR rest "${length} - ${start}")
    if(rest GREATER limit)
      string(FIND "${piece}" "\n" cut REVERSE)
      if(cut EQUAL -1)
        message(FATAL_ERROR "an embedded file has a line longer than ${limit} bytes")
      endif()
      math(EXPR cut "${cut} + 1")
      string(SUBSTRING "${piece}" 0 ${cut} piece)
    endif()
    string(LENGTH "${piece}" taken)
    math(EXPR start "${start} + ${taken}")
    string(APPEND pieces "R\"audit(${piece})audit\"\n")
  endwhile()
  if(NOT pieces)
    set(pieces "\"\"\n")
  endif()
  set(${result} "${pieces}" PARENT_SCOPE)
endfunction()

file(READ "${ROOT}/${FILE}" text)
literal("${text}" code)
file(WRITE "${OUTPUT}" "#include \"auditor/model/embedded.hpp\"

#pragma GCC diagnostic ignored \"-Woverlength-strings\"

namespace audit {

std::string_view embedded_relations_sql() {
  return ${code};
}

}  // namespace audit
")
