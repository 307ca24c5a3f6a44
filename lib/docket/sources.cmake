target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/bidding_fee.cpp
  ${CMAKE_CURRENT_LIST_DIR}/deadline.cpp
  ${CMAKE_CURRENT_LIST_DIR}/docket.cpp
  ${CMAKE_CURRENT_LIST_DIR}/list.cpp
  ${CMAKE_CURRENT_LIST_DIR}/rule.cpp
  ${CMAKE_CURRENT_LIST_DIR}/surcharge.cpp)
