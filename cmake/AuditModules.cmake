# The part of the PostgreSQL adapter that needs the client library: loaded when a source asks for it, so that no other audit waits for it.

set(AUDIT_MODULE_DIR "${CMAKE_INSTALL_LIBDIR}/audit")

function(audit_add_modules)
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/adapters/postgres/module/*.cpp")
  if(NOT sources)
    return()
  endif()
  pkg_check_modules(pq QUIET IMPORTED_TARGET libpq)
  audit_require(pq_FOUND "libpq" "libpq-dev")
  add_library(audit_postgres_module MODULE ${sources})
  # The model is linked into the module as well: exceptions and interfaces are told by their names.
  set_target_properties(audit_model audit_sys PROPERTIES POSITION_INDEPENDENT_CODE ON)
  set_target_properties(audit_postgres_module PROPERTIES PREFIX "" OUTPUT_NAME audit-postgres)
  target_link_libraries(audit_postgres_module PRIVATE audit_model audit_sys PkgConfig::pqxx PkgConfig::pq nlohmann_json::nlohmann_json Threads::Threads)
  install(TARGETS audit_postgres_module LIBRARY DESTINATION "${AUDIT_MODULE_DIR}")
endfunction()

# For a program that may load modules: it finds them beside itself in the build tree, and in their folder when installed.
function(audit_uses_modules target)
  if(TARGET audit_postgres_module)
    add_dependencies(${target} audit_postgres_module)
    set_target_properties(${target} PROPERTIES BUILD_RPATH "$<TARGET_FILE_DIR:audit_postgres_module>"
      INSTALL_RPATH "$ORIGIN/../${AUDIT_MODULE_DIR}")
  endif()
endfunction()
