agency_test(test_base SOURCES base/base_test.cpp LIBRARIES agency_base)
