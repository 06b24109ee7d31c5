# cpack -G DEB or TGZ; deploy/package builds either from nothing.

set(CPACK_PACKAGE_NAME session-audit)
set(CPACK_PACKAGE_VENDOR "audit")
set(CPACK_PACKAGE_CONTACT "audit maintainers <audit@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "fsck for session state")
set(CPACK_PACKAGE_DESCRIPTION "audit reads every place that a system keeps its sessions in (tmux, registries of files, SQLite, PostgreSQL),
finds what those places disagree about, and plans the repair.")
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_GENERATOR DEB)
set(CPACK_INSTALL_CMAKE_PROJECTS "${PROJECT_BINARY_DIR};${PROJECT_NAME};ALL;/")

set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "tmux, postgresql-client, cron | systemd")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA "${PROJECT_SOURCE_DIR}/deploy/debian/postinst;${PROJECT_SOURCE_DIR}/deploy/debian/prerm;${PROJECT_SOURCE_DIR}/deploy/debian/postrm")

set(CPACK_PACKAGE_FILE_NAME "session-audit-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR}")
include(CPack)
