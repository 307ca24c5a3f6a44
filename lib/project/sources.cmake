target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/wbs.cpp
  ${CMAKE_CURRENT_LIST_DIR}/network.cpp
  ${CMAKE_CURRENT_LIST_DIR}/day_line.cpp
  ${CMAKE_CURRENT_LIST_DIR}/jsonl_keys.cpp
  ${CMAKE_CURRENT_LIST_DIR}/mspdi_read.cpp
  ${CMAKE_CURRENT_LIST_DIR}/mspdi_write.cpp
  ${CMAKE_CURRENT_LIST_DIR}/project.cpp
  ${CMAKE_CURRENT_LIST_DIR}/manager.cpp
  ${CMAKE_CURRENT_LIST_DIR}/stages.cpp
  ${CMAKE_CURRENT_LIST_DIR}/closeout.cpp
  ${CMAKE_CURRENT_LIST_DIR}/checklist.cpp
  ${CMAKE_CURRENT_LIST_DIR}/task.cpp
  ${CMAKE_CURRENT_LIST_DIR}/task_rules.cpp
  ${CMAKE_CURRENT_LIST_DIR}/breakdown.cpp
  ${CMAKE_CURRENT_LIST_DIR}/plan.cpp
  ${CMAKE_CURRENT_LIST_DIR}/baseline.cpp
  ${CMAKE_CURRENT_LIST_DIR}/ledger.cpp
  ${CMAKE_CURRENT_LIST_DIR}/schedule_report.cpp
  ${CMAKE_CURRENT_LIST_DIR}/pert_report.cpp
  ${CMAKE_CURRENT_LIST_DIR}/task_void.cpp
  ${CMAKE_CURRENT_LIST_DIR}/findings.cpp
  ${CMAKE_CURRENT_LIST_DIR}/hours.cpp
  ${CMAKE_CURRENT_LIST_DIR}/licences.cpp
  ${CMAKE_CURRENT_LIST_DIR}/resource_gate.cpp
  ${CMAKE_CURRENT_LIST_DIR}/load_report.cpp
  ${CMAKE_CURRENT_LIST_DIR}/level_report.cpp)
target_link_libraries(agency_core PRIVATE agency_workbook)
