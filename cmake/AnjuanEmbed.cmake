# anjuan_embed(TARGET FOLDER): compiles every data file of FOLDER into TARGET, where
# anjuan::embedded("xml/case.xsd") finds it by its path inside FOLDER (core/embedded.h).
function(anjuan_embed target folder)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*)
  list(SORT files)
  set(assembly "  .section .rodata\n")
  set(table "#include \"core/embedded.h\"\n\nextern \"C\" {\n")
  set(rows "")
  set(paths "")
  set(index 0)
  foreach(file IN LISTS files)
    string(APPEND assembly
      "  .global anjuan_embedded_${index}\n  .global anjuan_embedded_end_${index}\n"
      "anjuan_embedded_${index}:\n  .incbin \"${folder}/${file}\"\n"
      "anjuan_embedded_end_${index}:\n  .byte 0\n")
    string(APPEND table "extern const char anjuan_embedded_${index}[];\n"
      "extern const char anjuan_embedded_end_${index}[];\n")
    string(APPEND rows
      "    {\"${file}\", anjuan_embedded_${index}, anjuan_embedded_end_${index}},\n")
    list(APPEND paths ${folder}/${file})
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND assembly "  .section .note.GNU-stack,\"\",@progbits\n")
  string(APPEND table "}\n\nnamespace anjuan::detail {\n"
    "extern const EmbeddedFile kEmbeddedFiles[];\nextern const std::size_t kEmbeddedFileCount;\n"
    "const EmbeddedFile kEmbeddedFiles[] = {\n${rows}};\n"
    "const std::size_t kEmbeddedFileCount = ${index};\n}  // namespace anjuan::detail\n")
  set(base ${CMAKE_CURRENT_BINARY_DIR}/${target}_embedded)
  file(CONFIGURE OUTPUT ${base}.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${base}.cpp CONTENT "${table}" @ONLY)
  set_source_files_properties(${base}.S PROPERTIES OBJECT_DEPENDS "${paths}")
  set_source_files_properties(${base}.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  target_sources(${target} PRIVATE ${base}.S ${base}.cpp)
endfunction()
