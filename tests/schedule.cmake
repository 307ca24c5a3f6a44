agency_test(test_schedule SOURCES schedule/network_test.cpp schedule/pert_test.cpp schedule/level_test.cpp project/wbs_test.cpp project/mspdi_test.cpp project/network_test.cpp LIBRARIES agency_core)
