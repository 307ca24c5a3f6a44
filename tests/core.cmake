agency_test(test_core SOURCES sqlite/session_test.cpp sqlite/lazy_schema_test.cpp sqlite/small_blocks_test.cpp record/spool_test.cpp record/stored_keys_test.cpp op/undo_test.cpp LIBRARIES agency_sqlite agency_engine)
agency_test(test_calendar SOURCES calendar/calendar_test.cpp evm/evm_test.cpp docket/docket_test.cpp timesheet/duration_test.cpp LIBRARIES agency_core)
