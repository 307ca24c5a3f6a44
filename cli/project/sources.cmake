target_sources(agency PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/project.cpp
  ${CMAKE_CURRENT_LIST_DIR}/plan_verbs.cpp
  ${CMAKE_CURRENT_LIST_DIR}/tracking_verbs.cpp)
