# Manual pages and completions, made by a program of the build out of the very tables that `audit` works with.

file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/deploy/generate/*.cpp")
add_executable(audit_generate ${sources})
target_link_libraries(audit_generate PRIVATE audit_cli audit_reports audit_adapters audit_embedded)
audit_uses_modules(audit_generate)

set(AUDIT_MANUAL "${AUDIT_GENERATED}/manual")
set(AUDIT_MANUAL_FILES "")
foreach(name audit.1 audit-config.5 audit-checks.7 audit.bash audit.zsh audit.fish)
  list(APPEND AUDIT_MANUAL_FILES "${AUDIT_MANUAL}/${name}")
endforeach()
set(schema "${PROJECT_SOURCE_DIR}/docs/audit-config.schema.json")
# LeakSanitizer needs more rights than some builders have, and a generator has nothing to lose.
add_custom_command(OUTPUT ${AUDIT_MANUAL_FILES}
  COMMAND "${CMAKE_COMMAND}" -E env ASAN_OPTIONS=detect_leaks=0 $<TARGET_FILE:audit_generate> "${AUDIT_MANUAL}" "${schema}"
  DEPENDS audit_generate "${schema}"
  COMMENT "Manual pages and completions" VERBATIM)
add_custom_target(audit_manual ALL DEPENDS ${AUDIT_MANUAL_FILES})
