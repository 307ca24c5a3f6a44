target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/assessment.cpp
  ${CMAKE_CURRENT_LIST_DIR}/ballot.cpp
  ${CMAKE_CURRENT_LIST_DIR}/trigger.cpp)
