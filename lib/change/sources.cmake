target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/change_request.cpp)
