target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/allocation.cpp
  ${CMAKE_CURRENT_LIST_DIR}/receipt.cpp
  ${CMAKE_CURRENT_LIST_DIR}/settle.cpp)
