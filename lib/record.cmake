agency_layer(agency_record
  record/field.cpp
  record/grid.cpp
  record/condition.cpp
  record/source_csv.cpp
  record/source_jsonl.cpp
  record/encoding.cpp
  record/excel_text.cpp
  record/form.cpp
  record/map.cpp)
target_link_libraries(agency_record PUBLIC agency_base PRIVATE agency_toml nlohmann_json::nlohmann_json Iconv::Iconv)
