target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/bidding_fee.cpp
  ${CMAKE_CURRENT_LIST_DIR}/deadline.cpp)
