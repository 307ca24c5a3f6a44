target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/wbs.cpp
  ${CMAKE_CURRENT_LIST_DIR}/network.cpp
  ${CMAKE_CURRENT_LIST_DIR}/day_line.cpp
  ${CMAKE_CURRENT_LIST_DIR}/mspdi_read.cpp
  ${CMAKE_CURRENT_LIST_DIR}/mspdi_write.cpp)
target_link_libraries(agency_core PRIVATE agency_workbook)
