target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/day_book.cpp
  ${CMAKE_CURRENT_LIST_DIR}/duration.cpp
  ${CMAKE_CURRENT_LIST_DIR}/rate.cpp
  ${CMAKE_CURRENT_LIST_DIR}/report.cpp
  ${CMAKE_CURRENT_LIST_DIR}/steps.cpp
  ${CMAKE_CURRENT_LIST_DIR}/time_entry.cpp
  ${CMAKE_CURRENT_LIST_DIR}/time_rules.cpp
  ${CMAKE_CURRENT_LIST_DIR}/wip.cpp)
