target_sources(agency PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/contact.cpp)
