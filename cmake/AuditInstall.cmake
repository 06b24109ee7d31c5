# The checks and profiles are part of the program; they are installed as well so that people can read and copy them.
set(audit_data "${CMAKE_INSTALL_DATADIR}/audit")
set(audit_doc "${CMAKE_INSTALL_DATADIR}/doc/session-audit")
foreach(folder checks adapters/profiles)
  get_filename_component(name "${folder}" NAME)
  install(DIRECTORY "${folder}/" DESTINATION "${audit_data}/${name}" FILES_MATCHING PATTERN "*.sql" PATTERN "*.json")
endforeach()
install(FILES auditor/model/relations.sql DESTINATION "${audit_data}")
install(DIRECTORY docs/ DESTINATION "${audit_doc}" FILES_MATCHING PATTERN "*.md" PATTERN "*.json")
foreach(file README.md CHANGELOG.md)
  if(EXISTS "${PROJECT_SOURCE_DIR}/${file}")
    install(FILES ${file} DESTINATION "${audit_doc}")
  endif()
endforeach()
install(FILES LICENSE DESTINATION "${audit_doc}" RENAME copyright)

# The job: units that nobody has enabled yet, and examples for other schedulers.
install(FILES deploy/systemd/session-audit.service deploy/systemd/session-audit.timer DESTINATION lib/systemd/system)
install(FILES deploy/systemd/user/session-audit.service deploy/systemd/user/session-audit.timer DESTINATION lib/systemd/user)
install(FILES deploy/config/example.json deploy/config/whole.json deploy/cron/session-audit.crontab deploy/kubernetes/cronjob.yaml
  deploy/container/Containerfile DESTINATION "${audit_doc}/examples")
install(DIRECTORY deploy/postgres deploy/examples/agenterm DESTINATION "${audit_doc}/examples")

foreach(section 1 5 7)
  set(pages ${AUDIT_MANUAL_FILES})
  list(FILTER pages INCLUDE REGEX "\\.${section}$")
  install(FILES ${pages} DESTINATION "${CMAKE_INSTALL_MANDIR}/man${section}")
endforeach()
install(FILES "${AUDIT_MANUAL}/audit.bash" DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" RENAME audit)
# zsh looks here, Debian's zsh there.
install(FILES "${AUDIT_MANUAL}/audit.zsh" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" RENAME _audit)
install(FILES "${AUDIT_MANUAL}/audit.zsh" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions" RENAME _audit)
install(FILES "${AUDIT_MANUAL}/audit.fish" DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")

# Of simdjson there is no static library: it goes along.
if(AUDIT_STATIC AND TARGET simdjson::simdjson)
  install(CODE "file(INSTALL DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${AUDIT_MODULE_DIR}\" TYPE SHARED_LIBRARY FOLLOW_SYMLINK_CHAIN FILES \"$<TARGET_SONAME_FILE:simdjson::simdjson>\")")
endif()
