# Run by CPack before a package is packed: adds what depends on the version and on the machine that packs.
set(root ${CPACK_TEMPORARY_DIRECTORY})
set(documents ${root}/usr/share/doc/kirikae)
execute_process(
  COMMAND ${CMAKE_CURRENT_LIST_DIR}/parts ${CPACK_PACKAGE_VERSION} ${CPACK_BUILD_FOLDER}
          ${root}/usr/bin/kirikaed ${root}/usr/bin/kirikae
  OUTPUT_FILE ${documents}/parts.cdx.json COMMAND_ERROR_IS_FATAL ANY)
# %a and %b follow the locale; the policy wants English.
set(ENV{LC_ALL} C)
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE ${documents}/changelog
"kirikae (${CPACK_PACKAGE_VERSION}) stable; urgency=medium

  * Version ${CPACK_PACKAGE_VERSION}.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
execute_process(COMMAND gzip -9n ${documents}/changelog COMMAND_ERROR_IS_FATAL ANY)
