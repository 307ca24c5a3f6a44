target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/book.cpp
  ${CMAKE_CURRENT_LIST_DIR}/facts.cpp
  ${CMAKE_CURRENT_LIST_DIR}/receivable.cpp)
