target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/earned_value.cpp
  ${CMAKE_CURRENT_LIST_DIR}/progress.cpp)
