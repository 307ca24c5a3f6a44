target_sources(agency PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/docket.cpp
  ${CMAKE_CURRENT_LIST_DIR}/deadline.cpp)
