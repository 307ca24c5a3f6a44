agency_test(test_intake SOURCES intake/assessment_test.cpp intake/ballot_test.cpp kyc/rating_test.cpp LIBRARIES agency_sqlite)
