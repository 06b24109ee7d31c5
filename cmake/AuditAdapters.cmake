# The adapters that are part of the program: name | header | factory | libraries beyond the model and sys.
set(AUDIT_ADAPTERS
  "sqlite|adapters/sqlite/sqlite.hpp|make_sqlite_adapter|"
  "tmux|adapters/tmux/tmux.hpp|make_tmux_adapter|"
  "files|adapters/files/files.hpp|make_files_adapter|simdjson::simdjson,nlohmann_json::nlohmann_json"
  "paths|adapters/files/paths.hpp|make_paths_adapter|"
  "postgres|adapters/postgres/postgres.hpp|make_postgres_adapter|${CMAKE_DL_LIBS}"
  "redis|adapters/redis/redis.hpp|make_redis_adapter|${CMAKE_DL_LIBS}")

# One target audit_adapter_<folder> per folder, and audit_adapters with the generated add_all_adapters().
function(audit_add_adapters)
  set(includes "")
  set(calls "")
  set(targets "")
  foreach(entry IN LISTS AUDIT_ADAPTERS)
    string(REPLACE "|" ";" fields "${entry}")
    list(GET fields 1 header)
    list(GET fields 2 factory)
    list(GET fields 3 libraries)
    string(REPLACE "," ";" libraries "${libraries}")
    get_filename_component(folder "${header}" DIRECTORY)
    get_filename_component(name "${folder}" NAME)
    if(EXISTS "${PROJECT_SOURCE_DIR}/${header}")
      if(NOT TARGET audit_adapter_${name})
        audit_layer(audit_adapter_${name} ${folder} LINK audit_model audit_sys ${libraries})
      endif()
      list(APPEND targets audit_adapter_${name})
      string(APPEND includes "#include \"${header}\"\n")
      string(APPEND calls "  catalog.add_adapter(${factory}());\n")
    endif()
  endforeach()
  set(source "${AUDIT_GENERATED}/adapters.cpp")
  file(CONFIGURE OUTPUT "${source}" @ONLY CONTENT
"#include \"adapters/all.hpp\"
#include \"auditor/engine/catalog.hpp\"
@includes@
namespace audit {

void add_all_adapters(Catalog& catalog) {
@calls@}

}  // namespace audit
")
  list(REMOVE_DUPLICATES targets)
  add_library(audit_adapters STATIC "${source}")
  target_link_libraries(audit_adapters PUBLIC audit_engine ${targets})
endfunction()
