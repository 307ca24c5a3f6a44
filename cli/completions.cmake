# The completion of each shell, made by the program and installed where Debian's shells look.
foreach(place bash=bash-completion/completions/agency zsh=zsh/vendor-completions/_agency fish=fish/vendor_completions.d/agency.fish)
  string(REGEX MATCH "^([a-z]+)=((.+)/[^/]+)$" _ ${place})
  set(shell ${CMAKE_MATCH_1})
  set(file ${CMAKE_BINARY_DIR}/share/${CMAKE_MATCH_2})
  set(folder share/${CMAKE_MATCH_3})
  add_custom_command(OUTPUT ${file}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/${folder}
    COMMAND ${CMAKE_COMMAND} -E env --unset=AGENCY_NOW HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent $<TARGET_FILE:agency> completion ${shell} > ${file}
    WORKING_DIRECTORY /
    DEPENDS agency VERBATIM)
  list(APPEND COMPLETIONS ${file})
  install(FILES ${file} DESTINATION ${folder} COMPONENT completions)
endforeach()
add_custom_target(completions ALL DEPENDS ${COMPLETIONS})
