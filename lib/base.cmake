agency_layer(agency_base
  base/date.cpp
  base/error.cpp
  base/interrupt.cpp
  base/memory.cpp
  base/money.cpp
  base/part_file.cpp
  base/text.cpp
  base/translate.cpp)
target_link_libraries(agency_base PUBLIC fmt::fmt-header-only PRIVATE agency_utf8proc Intl::Intl)
