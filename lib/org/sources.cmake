target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/approver.cpp
  ${CMAKE_CURRENT_LIST_DIR}/assignment.cpp
  ${CMAKE_CURRENT_LIST_DIR}/chart.cpp
  ${CMAKE_CURRENT_LIST_DIR}/check_duties.cpp
  ${CMAKE_CURRENT_LIST_DIR}/check_functions.cpp
  ${CMAKE_CURRENT_LIST_DIR}/check_people.cpp
  ${CMAKE_CURRENT_LIST_DIR}/check_structure.cpp
  ${CMAKE_CURRENT_LIST_DIR}/department.cpp
  ${CMAKE_CURRENT_LIST_DIR}/employee.cpp
  ${CMAKE_CURRENT_LIST_DIR}/function.cpp
  ${CMAKE_CURRENT_LIST_DIR}/functions.cpp
  ${CMAKE_CURRENT_LIST_DIR}/hr_list.cpp
  ${CMAKE_CURRENT_LIST_DIR}/job.cpp
  ${CMAKE_CURRENT_LIST_DIR}/job_version.cpp
  ${CMAKE_CURRENT_LIST_DIR}/licence.cpp
  ${CMAKE_CURRENT_LIST_DIR}/position.cpp
  ${CMAKE_CURRENT_LIST_DIR}/reports.cpp)
