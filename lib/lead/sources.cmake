target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/facts.cpp
  ${CMAKE_CURRENT_LIST_DIR}/lead.cpp
  ${CMAKE_CURRENT_LIST_DIR}/lifecycle.cpp)
