target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/calendar.cpp
  ${CMAKE_CURRENT_LIST_DIR}/day.cpp
  ${CMAKE_CURRENT_LIST_DIR}/notice.cpp
  ${CMAKE_CURRENT_LIST_DIR}/term.cpp
  ${CMAKE_CURRENT_LIST_DIR}/working_hours.cpp)
