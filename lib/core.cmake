set(MIGRATIONS
  sqlite/0001_operation_create.sql
  sqlite/0002_period_create.sql
  sqlite/0003_client_create.sql
  sqlite/0004_contract_create.sql
  sqlite/0005_invoice_create.sql
  sqlite/0006_receipt_create.sql
  sqlite/0007_change_widen.sql
  sqlite/0008_allocation_reverses.sql
  sqlite/0009_refund_number.sql
  sqlite/0010_operation_undo.sql
  sqlite/0011_org_create.sql
  sqlite/0012_lead_create.sql
  sqlite/0013_intake_create.sql
  sqlite/0014_committee_create.sql
  sqlite/0015_contract_intake.sql
  sqlite/0016_conflict_create.sql
  sqlite/0017_kyc_create.sql
  sqlite/0018_project_create.sql
  sqlite/0019_task_create.sql
  sqlite/0020_calendar_create.sql
  sqlite/0021_docket_create.sql
  sqlite/0022_timesheet_create.sql
  sqlite/0023_progress_create.sql
  sqlite/0024_tracking_create.sql
  sqlite/0025_cost_create.sql
  sqlite/0026_project_cadence.sql
  sqlite/0027_leave_create.sql
  sqlite/0028_docket_people.sql
  sqlite/0029_closeout_approval.sql
  sqlite/0030_client_parent.sql
  sqlite/0031_contact_create.sql
  sqlite/0032_intake_labour.sql
  sqlite/0033_invoice_credits_index.sql
  sqlite/0034_raid_dependency.sql
  sqlite/0035_project_charter.sql
  sqlite/0036_closeout_lesson.sql
  sqlite/0037_org_limit_currency.sql
  sqlite/0038_task_wbs.sql
  sqlite/0039_progress_project.sql
  sqlite/0040_job_sides.sql
  sqlite/0041_intake_verdict.sql
  sqlite/0042_unique_index.sql)
set(SEEDS
  seed/department.csv
  seed/function.csv
  seed/calendar_2025.csv
  seed/calendar_2026.csv
  seed/deadlines.csv)
set(EMBEDDED ${CMAKE_CURRENT_BINARY_DIR}/embedded_sql.cpp)
list(TRANSFORM SEEDS PREPEND ${CMAKE_SOURCE_DIR}/schema/ OUTPUT_VARIABLE SEED_FILES)
list(TRANSFORM MIGRATIONS PREPEND ${CMAKE_SOURCE_DIR}/schema/ OUTPUT_VARIABLE MIGRATION_FILES)
add_custom_command(OUTPUT ${EMBEDDED}
  COMMAND ${CMAKE_COMMAND} -DOUT=${EMBEDDED} -DROOT=${CMAKE_SOURCE_DIR}/schema "-DFILES=${MIGRATIONS}" "-DSEEDS=${SEEDS}" -P ${CMAKE_SOURCE_DIR}/scripts/embed_sql.cmake
  DEPENDS ${MIGRATION_FILES} ${SEED_FILES} ${CMAKE_SOURCE_DIR}/scripts/embed_sql.cmake VERBATIM)

agency_layer(agency_core
  ${EMBEDDED}
  db/checksum.cpp
  db/migrator.cpp
  workspace/closed_months.cpp
  workspace/home_currency.cpp
  workspace/settings.cpp
  workspace/workspace.cpp
  record/changes.cpp
  record/listing.cpp
  record/store.cpp
  record/values.cpp
  record/header.cpp
  record/learn.cpp
  record/import.cpp
  record/pass.cpp
  record/references.cpp
  record/rejects.cpp
  record/search.cpp
  record/standing.cpp
  record/parse.cpp
  record/spool.cpp
  record/stored_keys.cpp
  record/tree.cpp
  record/voiding.cpp
  record/workflow.cpp)
file(GLOB NOUN_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*/sources.cmake)
foreach(noun ${NOUN_SOURCES})
  include(${noun})
endforeach()
target_link_libraries(agency_core PUBLIC agency_record PRIVATE agency_sodium nlohmann_json::nlohmann_json)

agency_layer(agency_sqlite sqlite/lazy_schema.cpp sqlite/lock.cpp sqlite/row_source.cpp sqlite/small_blocks.cpp sqlite/statement.cpp sqlite/connection.cpp sqlite/sqlite_session.cpp sqlite/open.cpp)
target_link_libraries(agency_sqlite PUBLIC agency_core PRIVATE agency_engine)
