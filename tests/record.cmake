agency_test(test_record SOURCES record/csv_test.cpp record/excel_text_test.cpp record/rows_ahead_test.cpp LIBRARIES agency_record nlohmann_json::nlohmann_json)
