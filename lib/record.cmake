agency_layer(agency_record
  record/field.cpp
  record/called.cpp
  record/grid.cpp
  record/condition.cpp
  record/archive.cpp
  record/rows_ahead.cpp
  record/source_table.cpp
  record/source_csv.cpp
  record/source_xlsx.cpp
  record/sheet_number.cpp
  record/source_jsonl.cpp
  record/encoding.cpp
  record/excel_text.cpp
  record/form.cpp
  record/map.cpp)
target_link_libraries(agency_record PUBLIC agency_base PRIVATE agency_toml agency_workbook Iconv::Iconv)
target_include_directories(agency_record PRIVATE ${RAPIDJSON_INCLUDE})
# Headers that are no code of ours: RapidJSON adds to a null pointer when its stack is used first, toml++ calls unreachable
# what the characters U+FE6D to U+FEFE reach. Nothing comes of either (a wrong answer to "is it a blank").
set_source_files_properties(record/source_jsonl.cpp PROPERTIES COMPILE_OPTIONS -fno-sanitize=pointer-overflow)
set_source_files_properties(record/map.cpp record/form.cpp PROPERTIES COMPILE_OPTIONS -fno-sanitize=unreachable)
