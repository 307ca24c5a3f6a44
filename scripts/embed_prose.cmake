# cmake -DOUT=… -DROOT=… -DFILES="agency.inc;…" -P embed_prose.cmake : the prose of manual pages as a C++ table.
set(text "// Written by scripts/embed_prose.cmake.\n#include \"app/manual_prose.hpp\"\n\nnamespace agency::cli {\nstd::string prose_of(std::string_view noun) {\n")
foreach(file ${FILES})
  file(READ ${ROOT}/${file} prose)
  get_filename_component(name ${file} NAME_WLE)   # agency, agency.zh_CN
  string(APPEND text "    if (noun == \"${name}\") return R\"inc(${prose})inc\";\n")
endforeach()
string(APPEND text "    return {};\n}\n}\n")
file(WRITE ${OUT} "${text}")
