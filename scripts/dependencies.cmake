# Debian packages, found by their own CMake or pkg-config files; static forms are preferred where they exist.
find_package(PkgConfig REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(SQLiteCpp 3.2 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(Intl REQUIRED)
find_package(Iconv REQUIRED)
find_package(Threads REQUIRED)
find_program(MSGFMT msgfmt REQUIRED)
find_path(TOMLPLUSPLUS_INCLUDE toml++/toml.h REQUIRED)   # used header-only, in one file each: see DECISIONS.md
find_path(UTF8PROC_INCLUDE utf8proc.h REQUIRED)
find_path(SODIUM_INCLUDE sodium.h REQUIRED)
find_path(XLSX_INCLUDE xlsxwriter.h REQUIRED)
find_path(ZLIB_INCLUDE zlib.h REQUIRED)
find_path(MINIZIP_INCLUDE minizip/unzip.h REQUIRED)
find_path(PUGIXML_INCLUDE pugixml.hpp REQUIRED)
find_path(BOOST_INCLUDE boost/pool/simple_segregated_storage.hpp REQUIRED)
find_path(RAPIDJSON_INCLUDE rapidjson/reader.h REQUIRED)
if(AGENCY_STATIC)
  find_library(UTF8PROC_LIBRARY NAMES libutf8proc.a utf8proc REQUIRED)
  find_library(SODIUM_LIBRARY NAMES libsodium.a sodium REQUIRED)
  find_library(SQLITE_LIBRARY NAMES libsqlite3.a sqlite3 REQUIRED)
  find_library(ZLIB_LIBRARY NAMES libz.a z REQUIRED)
  find_library(MINIZIP_LIBRARY NAMES libminizip.a minizip REQUIRED)
  find_library(PUGIXML_LIBRARY NAMES libpugixml.a pugixml REQUIRED)
else()
  find_library(UTF8PROC_LIBRARY NAMES utf8proc REQUIRED)
  find_library(SODIUM_LIBRARY NAMES sodium REQUIRED)
  find_library(SQLITE_LIBRARY NAMES sqlite3 REQUIRED)
  find_library(ZLIB_LIBRARY NAMES z REQUIRED)
  find_library(MINIZIP_LIBRARY NAMES minizip REQUIRED)
  find_library(PUGIXML_LIBRARY NAMES pugixml REQUIRED)
endif()
find_library(SQLITECPP_LIBRARY NAMES libSQLiteCpp.a SQLiteCpp REQUIRED)

add_library(agency_utf8proc INTERFACE)
target_include_directories(agency_utf8proc INTERFACE ${UTF8PROC_INCLUDE})
target_link_libraries(agency_utf8proc INTERFACE ${UTF8PROC_LIBRARY})
target_compile_definitions(agency_utf8proc INTERFACE UTF8PROC_STATIC)

add_library(agency_sodium INTERFACE)
target_include_directories(agency_sodium INTERFACE ${SODIUM_INCLUDE})
target_link_libraries(agency_sodium INTERFACE ${SODIUM_LIBRARY})

add_library(agency_engine INTERFACE)
target_link_libraries(agency_engine INTERFACE ${SQLITECPP_LIBRARY} ${SQLITE_LIBRARY} Threads::Threads ${CMAKE_DL_LIBS} m)

add_library(agency_toml INTERFACE)   # header-only: an exception from a shared toml++ cannot cross a static libstdc++
target_include_directories(agency_toml INTERFACE ${TOMLPLUSPLUS_INCLUDE})
target_compile_definitions(agency_toml INTERFACE TOML_HEADER_ONLY=1)

add_library(agency_xlsx INTERFACE)   # loaded when a sheet is written: see DECISIONS.md
target_include_directories(agency_xlsx INTERFACE ${XLSX_INCLUDE})
target_link_libraries(agency_xlsx INTERFACE ${CMAKE_DL_LIBS})

add_library(agency_workbook INTERFACE)   # reading one
target_include_directories(agency_workbook INTERFACE ${MINIZIP_INCLUDE} ${ZLIB_INCLUDE} ${PUGIXML_INCLUDE})
target_link_libraries(agency_workbook INTERFACE ${MINIZIP_LIBRARY} ${ZLIB_LIBRARY} ${PUGIXML_LIBRARY})
