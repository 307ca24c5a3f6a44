target_sources(agency PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/assess.cpp
  ${CMAKE_CURRENT_LIST_DIR}/decide.cpp
  ${CMAKE_CURRENT_LIST_DIR}/intake.cpp)
