# Generates the sources that make relations.sql, the checks, the profiles and the version part of the program.

set(AUDIT_GENERATED "${PROJECT_BINARY_DIR}/generated")
file(MAKE_DIRECTORY "${AUDIT_GENERATED}")

file(GLOB_RECURSE AUDIT_CHECK_FILES CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/checks/*.sql")
file(GLOB AUDIT_PROFILE_FILES CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/adapters/profiles/*.json")

add_custom_command(OUTPUT "${AUDIT_GENERATED}/relations.cpp"
  COMMAND "${CMAKE_COMMAND}" "-DROOT=${PROJECT_SOURCE_DIR}" "-DFILE=auditor/model/relations.sql" "-DOUTPUT=${AUDIT_GENERATED}/relations.cpp"
          -P "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
  DEPENDS "${PROJECT_SOURCE_DIR}/auditor/model/relations.sql" "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
  COMMENT "Embedding the relations" VERBATIM)

# The program that reads the checks and profiles strictly, binds the checks and writes embedded.cpp; and the library that this becomes.
function(audit_add_embedded)
  set(files ${AUDIT_CHECK_FILES} ${AUDIT_PROFILE_FILES})
  list(SORT files)
  list(TRANSFORM files PREPEND "${PROJECT_SOURCE_DIR}/" OUTPUT_VARIABLE paths)
  string(REPLACE ";" "\n" lines "${files}")
  set(list_file "${AUDIT_GENERATED}/embedded.list")
  file(CONFIGURE OUTPUT "${list_file}" CONTENT "${lines}\n" @ONLY)

  add_executable(audit_pack auditor/pack/main.cpp)
  target_link_libraries(audit_pack PRIVATE audit_engine)
  add_custom_command(OUTPUT "${AUDIT_GENERATED}/embedded.cpp"
    COMMAND audit_pack "${PROJECT_SOURCE_DIR}" "${list_file}" "${AUDIT_GENERATED}/embedded.cpp"
    DEPENDS ${paths} "${list_file}" audit_pack
    COMMENT "Reading and binding the checks and profiles" VERBATIM)
  add_library(audit_embedded STATIC "${AUDIT_GENERATED}/embedded.cpp")
  target_link_libraries(audit_embedded PUBLIC audit_model)
endfunction()

# Runs in every build; rewrites version.cpp only when the version changed.
add_custom_target(audit_version
  COMMAND "${CMAKE_COMMAND}" "-DROOT=${PROJECT_SOURCE_DIR}" "-DVERSION=${PROJECT_VERSION}" "-DOUTPUT=${AUDIT_GENERATED}/version.cpp"
          -P "${PROJECT_SOURCE_DIR}/cmake/version.cmake"
  BYPRODUCTS "${AUDIT_GENERATED}/version.cpp"
  COMMENT "Version" VERBATIM)
