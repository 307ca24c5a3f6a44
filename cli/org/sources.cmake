target_sources(agency PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/org.cpp
  ${CMAKE_CURRENT_LIST_DIR}/records.cpp)
