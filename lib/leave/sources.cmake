target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/leave.cpp
  ${CMAKE_CURRENT_LIST_DIR}/list.cpp
  ${CMAKE_CURRENT_LIST_DIR}/steps.cpp)
