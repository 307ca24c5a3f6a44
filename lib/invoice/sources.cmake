target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/facts.cpp
  ${CMAKE_CURRENT_LIST_DIR}/invoice.cpp
  ${CMAKE_CURRENT_LIST_DIR}/movements.cpp
  ${CMAKE_CURRENT_LIST_DIR}/settle.cpp)
