find_program(PYTHON python3 REQUIRED)
# Each class of a Python file is a ctest of its own; the built program is what they run.
foreach(suite test_aging.Aging test_aging.Outside test_import.Import test_import.Outside test_import.Stress test_cli.Cli)
  add_test(NAME "cli: ${suite}" COMMAND ${PYTHON} -m unittest cli.${suite} WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  set_tests_properties("cli: ${suite}" PROPERTIES ENVIRONMENT "AGENCY_BINARY=$<TARGET_FILE:agency>;PYTHONDONTWRITEBYTECODE=1" TIMEOUT 300)
endforeach()
add_test(NAME "layers hold" COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/scripts/check_layers --root ${CMAKE_SOURCE_DIR})
add_test(NAME "layers: planted violations are found" COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/scripts/check_layers --self-test --root ${CMAKE_SOURCE_DIR})
