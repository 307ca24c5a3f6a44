target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/contact.cpp)
