# Generates the sources that make relations.sql, the checks, the profiles and the version part of the program.

set(AUDIT_GENERATED "${PROJECT_BINARY_DIR}/generated")
file(MAKE_DIRECTORY "${AUDIT_GENERATED}")

file(GLOB_RECURSE AUDIT_CHECK_FILES CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/checks/*.sql")
file(GLOB AUDIT_PROFILE_FILES CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/adapters/profiles/*.json")

# audit_embed(OUTPUT FORM file…): FORM is `one` (embedded_relations_sql) or `many` (embedded_files).
function(audit_embed output form)
  set(files ${ARGN})
  list(SORT files)
  list(TRANSFORM files PREPEND "${PROJECT_SOURCE_DIR}/" OUTPUT_VARIABLE paths)
  string(REPLACE ";" "\n" lines "${files}")
  get_filename_component(name "${output}" NAME_WE)
  set(list_file "${AUDIT_GENERATED}/${name}.list")
  file(CONFIGURE OUTPUT "${list_file}" CONTENT "${lines}\n" @ONLY)
  add_custom_command(OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DROOT=${PROJECT_SOURCE_DIR}" "-DLIST=${list_file}" "-DFORM=${form}" "-DOUTPUT=${output}"
            -P "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
    DEPENDS ${paths} "${list_file}" "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
    COMMENT "Embedding into ${name}.cpp" VERBATIM)
endfunction()

audit_embed("${AUDIT_GENERATED}/relations.cpp" one auditor/model/relations.sql)
audit_embed("${AUDIT_GENERATED}/embedded.cpp" many ${AUDIT_CHECK_FILES} ${AUDIT_PROFILE_FILES})

# Runs in every build; rewrites version.cpp only when the version changed.
add_custom_target(audit_version
  COMMAND "${CMAKE_COMMAND}" "-DROOT=${PROJECT_SOURCE_DIR}" "-DVERSION=${PROJECT_VERSION}" "-DOUTPUT=${AUDIT_GENERATED}/version.cpp"
          -P "${PROJECT_SOURCE_DIR}/cmake/version.cmake"
  BYPRODUCTS "${AUDIT_GENERATED}/version.cpp"
  COMMENT "Version" VERBATIM)
