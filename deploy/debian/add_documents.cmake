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

# The man pages and the completion of shells are made by the program that is packed.
set(program ${root}/usr/bin/kirikae)
set(pages ${root}/usr/share/man)
execute_process(COMMAND ${program} help --man-to ${pages} COMMAND_ERROR_IS_FATAL ANY)
file(GLOB_RECURSE made ${pages}/*.1)
foreach(page ${made})
  execute_process(COMMAND gzip -9n ${page} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
foreach(script bash:bash-completion/completions/kirikae zsh:zsh/vendor-completions/_kirikae
        fish:fish/vendor_completions.d/kirikae.fish)
  string(REPLACE ":" ";" parts ${script})
  list(GET parts 0 shell)
  list(GET parts 1 place)
  get_filename_component(folder ${root}/usr/share/${place} DIRECTORY)
  file(MAKE_DIRECTORY ${folder})
  execute_process(COMMAND ${program} completion ${shell} OUTPUT_FILE ${root}/usr/share/${place}
    COMMAND_ERROR_IS_FATAL ANY)
endforeach()
