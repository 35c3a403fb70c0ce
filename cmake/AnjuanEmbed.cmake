# anjuan_embed(TARGET FOLDER [TABLE Name]): compiles every data file of FOLDER into TARGET, where
# anjuan::embedded("xml/case.xsd") finds it by its path inside FOLDER (core/embedded.h).
# With a TABLE the files stand in anjuan::detail::kNameFiles (kNameFileCount of them) instead.
function(anjuan_embed target folder)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "TABLE" "")
  set(name Embedded)
  if(arg_TABLE)
    set(name ${arg_TABLE})
  endif()
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*)
  list(SORT files)
  set(assembly "  .section .rodata\n")
  set(table "#include \"core/embedded.h\"\n\nextern \"C\" {\n")
  set(rows "")
  set(paths "")
  set(index 0)
  foreach(file IN LISTS files)
    string(APPEND assembly
      "  .global anjuan_${name}_${index}\n  .global anjuan_${name}_end_${index}\n"
      "anjuan_${name}_${index}:\n  .incbin \"${folder}/${file}\"\n"
      "anjuan_${name}_end_${index}:\n  .byte 0\n")
    string(APPEND table "extern const char anjuan_${name}_${index}[];\n"
      "extern const char anjuan_${name}_end_${index}[];\n")
    string(APPEND rows
      "    {\"${file}\", anjuan_${name}_${index}, anjuan_${name}_end_${index}},\n")
    list(APPEND paths ${folder}/${file})
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND assembly "  .section .note.GNU-stack,\"\",@progbits\n")
  string(APPEND table "}\n\nnamespace anjuan::detail {\n"
    "extern const EmbeddedFile k${name}Files[];\nextern const std::size_t k${name}FileCount;\n"
    "const EmbeddedFile k${name}Files[] = {\n${rows}};\n"
    "const std::size_t k${name}FileCount = ${index};\n}  // namespace anjuan::detail\n")
  set(base ${CMAKE_CURRENT_BINARY_DIR}/${target}_${name})
  file(CONFIGURE OUTPUT ${base}.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${base}.cpp CONTENT "${table}" @ONLY)
  set_source_files_properties(${base}.S PROPERTIES OBJECT_DEPENDS "${paths}")
  set_source_files_properties(${base}.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  target_sources(${target} PRIVATE ${base}.S ${base}.cpp)
endfunction()
