# `cmake --install build` and `cpack` (in build): the program, and beside it what scripts/package_files.cmake makes.
set(SHARE ${CMAKE_BINARY_DIR}/share)
file(GLOB_RECURSE EXAMPLES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/examples/*)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/package_files.stamp
  COMMAND ${CMAKE_COMMAND} -DAGENCY=$<TARGET_FILE:agency> -DSOURCE=${CMAKE_SOURCE_DIR} -DOUT=${SHARE} -P ${CMAKE_SOURCE_DIR}/scripts/package_files.cmake
  COMMAND ${CMAKE_COMMAND} -E touch ${CMAKE_BINARY_DIR}/package_files.stamp
  DEPENDS agency catalogue ${EXAMPLES} ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/CHANGELOG.md ${CMAKE_SOURCE_DIR}/scripts/package_files.cmake VERBATIM)
add_custom_target(package_files ALL DEPENDS ${CMAKE_BINARY_DIR}/package_files.stamp)
install(TARGETS agency RUNTIME DESTINATION bin)
install(DIRECTORY ${SHARE}/ DESTINATION share
  FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ
  DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CONTACT "agency authors <authors@agency.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "contracts, invoices, receipts and their aging from a terminal")
set(CPACK_PACKAGE_DESCRIPTION "A command-line toolkit with which an agency runs its contracts and receivables\nover one local SQLite file: ledger, aging of any past day, batch import.\nMessages in English and Chinese.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libxlsxwriter4")   # loaded when a workbook is written
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "bash-completion, man-db")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
include(CPack)
