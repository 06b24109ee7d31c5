# The parts of adapters that need a client library: loaded when a source asks for one, so that no other audit waits for it.

set(AUDIT_MODULE_DIR "${CMAKE_INSTALL_LIBDIR}/audit")

# audit_add_module(NAME library…): adapters/NAME/module becomes audit-NAME.so. The model is linked into the module as well: exceptions and
# interfaces are told by their names.
function(audit_add_module name)
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/adapters/${name}/module/*.cpp")
  if(NOT sources)
    return()
  endif()
  add_library(audit_${name}_module MODULE ${sources} ${AUDIT_MODULE_SHARED_${name}})
  # The model is linked into the module as well: exceptions and interfaces are told by their names.
  set_target_properties(audit_model audit_sys PROPERTIES POSITION_INDEPENDENT_CODE ON)
  set_target_properties(audit_${name}_module PROPERTIES PREFIX "" OUTPUT_NAME audit-${name})
  target_link_libraries(audit_${name}_module PRIVATE audit_model audit_sys nlohmann_json::nlohmann_json Threads::Threads ${ARGN})
  install(TARGETS audit_${name}_module LIBRARY DESTINATION "${AUDIT_MODULE_DIR}")
endfunction()

function(audit_add_modules)
  file(RELATIVE_PATH folder "/${CMAKE_INSTALL_BINDIR}" "/${AUDIT_MODULE_DIR}")
  set_source_files_properties("${PROJECT_SOURCE_DIR}/auditor/sys/module_file.cpp" PROPERTIES COMPILE_DEFINITIONS "AUDIT_MODULE_FOLDER=\"${folder}\"")
  if(EXISTS "${PROJECT_SOURCE_DIR}/adapters/postgres")
    pkg_check_modules(pq QUIET IMPORTED_TARGET libpq)
    audit_require(pq_FOUND "libpq" "libpq-dev")
    set(AUDIT_MODULE_SHARED_postgres "${PROJECT_SOURCE_DIR}/adapters/postgres/plan_guard.cpp")
    audit_add_module(postgres PkgConfig::pqxx PkgConfig::pq)
  endif()
  # Without hiredis there is no module, and the redis adapter says so when it is asked for.
  if(hiredis_FOUND AND EXISTS "${PROJECT_SOURCE_DIR}/adapters/redis")
    set(AUDIT_MODULE_SHARED_redis "${PROJECT_SOURCE_DIR}/adapters/redis/address.cpp")
    audit_add_module(redis PkgConfig::hiredis simdjson::simdjson)
    target_compile_definitions(audit_adapter_redis PRIVATE AUDIT_WITH_REDIS)
    if(hiredis_ssl_FOUND)
      target_link_libraries(audit_redis_module PRIVATE PkgConfig::hiredis_ssl)
      target_compile_definitions(audit_redis_module PRIVATE AUDIT_REDIS_TLS)
    endif()
  endif()
endfunction()

# For a program that may load modules: auditor/sys/module_file finds them in their folder when it is installed, in the build folder before that.
function(audit_uses_modules target)
  foreach(module audit_postgres_module audit_redis_module)
    if(TARGET ${module})
      add_dependencies(${target} ${module})
    endif()
  endforeach()
endfunction()
