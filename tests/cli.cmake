find_program(PYTHON python3 REQUIRED)
# Each class of a Python file is a ctest of its own; the built program is what they run.
foreach(suite
    test_aging.Aging test_aging.Shown test_aging.Large test_aging.Outside
    test_calendar.Calendar
    test_chinese.Help test_chinese.Tables test_chinese.Imports test_chinese.Errors test_chinese.Readme
    test_cli.Cli
    test_clients.Groups test_clients.Contacts test_clients.Names
    test_completion.Completion
    test_config.Config
    test_cost.Costs
    test_docket.Docket
    test_edit.Edit
    test_files.Encodings test_files.NoTable test_files.Xlsx test_files.Learn
    test_import.Import test_import.Outside test_import.Stress
    test_import_rules.Update test_import_rules.InNoOrder test_import_rules.Accept test_import_rules.Again test_import_rules.Bytes
    test_import_rules.Rejects test_import_rules.Rows test_import_rules.Report test_import_rules.Values
    test_import_rules.Status test_import_rules.Voided test_import_rules.Near
    test_intake.Leads test_intake.Assessment test_intake.Labour test_intake.Decisions test_intake.Conflicts test_intake.Gate
    test_intake.Credit
    test_interrupt.Interrupt
    test_leave.Leaves
    test_maps.Canada test_maps.China test_maps.Keys
    test_mutations.Mutations
    test_op.Undo test_op.Batch
    test_org.Records test_org.Reports test_org.Check test_org.Jobs test_org.Approver test_org_model.Charts
    test_output.Html test_output.Xlsx test_output.Chart test_output.Excel test_output.Width test_output.Calendars test_output.Drawings
    test_outside.Terminal test_outside.Outside
    test_package.Package
    test_plan.Plans
    test_progress.ClosedMonths test_progress.Evm test_progress.Periods
    test_project.Projects test_project_rules.Evaded
    test_quarter.Quarter
    test_receivable_rules.Days test_receivable_rules.Imports test_receivable_rules.Match test_receivable_rules.Voids
    test_receivable_rules.Taken test_receivable_rules.Kept test_receivable_rules.Ledger test_receivable_rules.Trail
    test_refund.Refund
    test_schema.Schema
    test_status.Milestones test_status.RaidLog test_status.Changes test_status.Checkpoints test_status.Status
    test_time.Time
    test_typos.Typos
    test_walk.Walk test_walk.WalkFormats test_walk.WalkRefused test_walk.WalkOutputs test_walk.WalkColumns
    test_waterfall.Waterfall)
  add_test(NAME "cli: ${suite}" COMMAND ${PYTHON} -m unittest cli.${suite} WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  set_tests_properties("cli: ${suite}" PROPERTIES ENVIRONMENT "AGENCY_BINARY=$<TARGET_FILE:agency>;PYTHONDONTWRITEBYTECODE=1" TIMEOUT 600)
endforeach()
add_test(NAME "layers hold" COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/scripts/check_layers --root ${CMAKE_SOURCE_DIR})
add_test(NAME "layers: planted violations are found" COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/scripts/check_layers --self-test --root ${CMAKE_SOURCE_DIR})
if(AGENCY_STRESS)
  set_property(TEST "cli: test_mutations.Mutations" APPEND PROPERTY ENVIRONMENT AGENCY_MUTATIONS=10000)
endif()
