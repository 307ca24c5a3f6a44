# Minutes long, so only with AGENCY_STRESS: the lock keeps the file whole where its control without the lock damages it.
if(AGENCY_STRESS)
  add_executable(wal_stress sqlite/wal_stress.cpp)
  target_link_libraries(wal_stress PRIVATE agency_engine)
  foreach(way lock nolock)
    add_test(NAME "wal stress: ${way}" COMMAND wal_stress /dev/shm 60 ${way})
    set_tests_properties("wal stress: ${way}" PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77 RUN_SERIAL TRUE)
  endforeach()
endif()
