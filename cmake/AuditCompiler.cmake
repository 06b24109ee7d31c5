# Language, warnings, sanitizers, build types and the compiler cache. Everything is on the interface target audit_options.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, Debug, RelWithDebInfo" FORCE)
endif()

# Assertions stay in a release: a wrong repair costs more than a comparison.
foreach(type RELEASE RELWITHDEBINFO MINSIZEREL)
  string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_${type} "${CMAKE_CXX_FLAGS_${type}}")
  string(REPLACE "-O3" "-O2" CMAKE_CXX_FLAGS_${type} "${CMAKE_CXX_FLAGS_${type}}")
endforeach()

find_program(AUDIT_CCACHE ccache)
if(AUDIT_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${AUDIT_CCACHE}")
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(audit_options INTERFACE)
target_include_directories(audit_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(audit_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  $<$<BOOL:${AUDIT_WERROR}>:-Werror>)
target_link_options(audit_options INTERFACE -Wl,--as-needed)

set(sanitizers "${AUDIT_SANITIZE}")
if(AUDIT_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "AUDIT_FUZZ needs clang (libFuzzer): -DCMAKE_CXX_COMPILER=clang++")
  endif()
  target_compile_options(audit_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(sanitizers)
  target_compile_options(audit_options INTERFACE "-fsanitize=${sanitizers}" -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(audit_options INTERFACE "-fsanitize=${sanitizers}")
endif()
