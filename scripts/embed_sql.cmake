# cmake -DOUT=… -DROOT=… -DFILES="a.sql;b.sql" -DSEEDS="a.csv" -P embed_sql.cmake : C++ constants of the migrations and of
# the rows that a new file starts with, in the order given.
set(text "// Written by scripts/embed_sql.cmake.\n#include \"db/embedded_sql.hpp\"\n\nnamespace agency::db {\nnamespace {\n")
foreach(list FILES SEEDS)
  string(APPEND text "constexpr EmbeddedSql all_${list}[] = {\n")
  foreach(file ${${list}})
    file(READ ${ROOT}/${file} content)
    get_filename_component(name ${file} NAME_WE)
    string(APPEND text "    {\"${name}\", R\"sql(${content})sql\"},\n")
  endforeach()
  string(APPEND text "};\n")
endforeach()
string(APPEND text "}\nstd::span<const EmbeddedSql> embedded_migrations() { return all_FILES; }\nstd::span<const EmbeddedSql> embedded_seeds() { return all_SEEDS; }\n}\n")
file(WRITE ${OUT} "${text}")
