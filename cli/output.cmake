agency_cli_layer(agency_output
  output/output.cpp
  output/progress.cpp
  output/table.cpp
  output/delimited.cpp
  output/json.cpp
  output/markdown.cpp
  output/html.cpp
  output/xlsx.cpp
  output/xlsx_check.cpp
  output/chart.cpp
  output/tree.cpp
  output/pager.cpp)
target_link_libraries(agency_output PUBLIC agency_record PRIVATE agency_xlsx)
