target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/operations.cpp
  ${CMAKE_CURRENT_LIST_DIR}/undo.cpp)
