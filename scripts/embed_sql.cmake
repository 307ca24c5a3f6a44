# cmake -DOUT=… -DROOT=… -DFILES="a.sql;b.sql" -P embed_sql.cmake : C++ constants of SQL files, in the order given.
set(text "// Written by scripts/embed_sql.cmake.\n#include \"db/embedded_sql.hpp\"\n\nnamespace agency::db {\nnamespace {\nconstexpr EmbeddedSql all[] = {\n")
foreach(file ${FILES})
  file(READ ${ROOT}/${file} sql)
  get_filename_component(name ${file} NAME_WE)
  string(APPEND text "    {\"${name}\", R\"sql(${sql})sql\"},\n")
endforeach()
string(APPEND text "};\n}\nstd::span<const EmbeddedSql> embedded_migrations() { return all; }\n}\n")
file(WRITE ${OUT} "${text}")
