target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/assignment.cpp
  ${CMAKE_CURRENT_LIST_DIR}/department.cpp
  ${CMAKE_CURRENT_LIST_DIR}/employee.cpp
  ${CMAKE_CURRENT_LIST_DIR}/function.cpp
  ${CMAKE_CURRENT_LIST_DIR}/job.cpp
  ${CMAKE_CURRENT_LIST_DIR}/licence.cpp
  ${CMAKE_CURRENT_LIST_DIR}/position.cpp)
