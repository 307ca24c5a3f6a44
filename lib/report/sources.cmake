target_sources(agency_core PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/aging.cpp
  ${CMAKE_CURRENT_LIST_DIR}/calibration.cpp
  ${CMAKE_CURRENT_LIST_DIR}/client_card.cpp
  ${CMAKE_CURRENT_LIST_DIR}/integrity.cpp
  ${CMAKE_CURRENT_LIST_DIR}/ledger.cpp
  ${CMAKE_CURRENT_LIST_DIR}/money_sheets.cpp
  ${CMAKE_CURRENT_LIST_DIR}/project_lines.cpp
  ${CMAKE_CURRENT_LIST_DIR}/project_margin.cpp
  ${CMAKE_CURRENT_LIST_DIR}/project_outcome.cpp
  ${CMAKE_CURRENT_LIST_DIR}/waterfall.cpp)
