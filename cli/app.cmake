file(GLOB PROSE RELATIVE ${CMAKE_SOURCE_DIR}/man CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/man/*.inc)
set(PROSE_CPP ${CMAKE_CURRENT_BINARY_DIR}/manual_prose.cpp)
list(TRANSFORM PROSE PREPEND ${CMAKE_SOURCE_DIR}/man/ OUTPUT_VARIABLE PROSE_FILES)
add_custom_command(OUTPUT ${PROSE_CPP}
  COMMAND ${CMAKE_COMMAND} -DOUT=${PROSE_CPP} -DROOT=${CMAKE_SOURCE_DIR}/man "-DFILES=${PROSE}" -P ${CMAKE_SOURCE_DIR}/scripts/embed_prose.cmake
  DEPENDS ${PROSE_FILES} ${CMAKE_SOURCE_DIR}/scripts/embed_prose.cmake VERBATIM)

agency_cli_layer(agency_app
  app/adapter.cpp
  app/command_line.cpp
  app/completion.cpp
  app/completion_scripts.cpp
  app/config.cpp
  app/help.cpp
  app/invocation.cpp
  app/manual.cpp
  app/programs.cpp
  app/router.cpp
  app/screen.cpp
  app/words.cpp
  ${PROSE_CPP})
target_link_libraries(agency_app PUBLIC agency_output agency_core agency_sqlite PRIVATE CLI11::CLI11 agency_toml)

add_executable(agency
  main.cpp
  commands.cpp
  record/edit_verb.cpp
  record/fail_if.cpp
  record/import_verb.cpp
  record/record_verbs.cpp)
file(GLOB NOUN_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*/sources.cmake)
foreach(noun ${NOUN_SOURCES})
  include(${noun})
endforeach()
target_link_libraries(agency PRIVATE agency_app)
set_target_properties(agency PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
if(AGENCY_STATIC)
  # For the start: no relocations, few pages to map, no streams (main.cpp), symbols bound when they are called. DECISIONS.md has the figures.
  target_link_options(agency PRIVATE -static-libstdc++ -static-libgcc -no-pie -Wl,--gc-sections -Wl,-z,noseparate-code -Wl,-z,lazy
    -Wl,--wrap=_ZNSt8ios_base4InitC1Ev -Wl,--wrap=_ZNSt8ios_base4InitD1Ev)
endif()

set(CATALOGUE ${CMAKE_BINARY_DIR}/share/locale/zh_CN/LC_MESSAGES/agency.mo)
add_custom_command(OUTPUT ${CATALOGUE}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/share/locale/zh_CN/LC_MESSAGES
  COMMAND ${MSGFMT} --check -o ${CATALOGUE} ${CMAKE_CURRENT_SOURCE_DIR}/locale/zh_CN.po
  DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/locale/zh_CN.po VERBATIM)
add_custom_target(catalogue ALL DEPENDS ${CATALOGUE})
set_source_files_properties(app/config.cpp PROPERTIES COMPILE_OPTIONS -fno-sanitize=unreachable)   # toml++, see lib/record.cmake
