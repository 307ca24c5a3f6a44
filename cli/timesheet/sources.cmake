target_sources(agency PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/rate.cpp
  ${CMAKE_CURRENT_LIST_DIR}/time.cpp)
