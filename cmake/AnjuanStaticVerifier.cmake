# anjuan_icu_converters(TARGET): in place of libicudata.a, ICU's data reduced to the converters.
function(anjuan_icu_converters target)
  find_library(ANJUAN_STATIC_icudata libicudata.a REQUIRED)
  find_program(ANJUAN_ICUPKG icupkg PATHS /usr/sbin REQUIRED)
  string(REGEX MATCH "^[0-9]+" major ${ICU_VERSION})
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/icu)
  set(script ${CMAKE_SOURCE_DIR}/cmake/icu_converters.cmake)
  add_custom_command(OUTPUT ${folder}/converters.dat
    COMMAND ${CMAKE_COMMAND} -DARCHIVE=${ANJUAN_STATIC_icudata} -DFOLDER=${folder}
      -DMAJOR=${major} -DICUPKG=${ANJUAN_ICUPKG} -P ${script}
    DEPENDS ${ANJUAN_STATIC_icudata} ${script})
  set(assembly ${CMAKE_CURRENT_BINARY_DIR}/icu_converters.S)
  file(CONFIGURE OUTPUT ${assembly} CONTENT "  .section .rodata
  .global icudt${major}_dat
  .balign 16
icudt${major}_dat:
  .incbin \"${folder}/converters.dat\"
  .section .note.GNU-stack,\"\",@progbits
" @ONLY)
  set_source_files_properties(${assembly} PROPERTIES OBJECT_DEPENDS ${folder}/converters.dat)
  target_sources(${target} PRIVATE ${assembly} ${folder}/converters.dat)
endfunction()

# anjuan_static_verifier(NAME FROM folder): a program from core and packager that needs nothing of
# the system that it runs on (docs/adr/0010-static-verifier.md).
#
# The two module archives are named by their files and the program's own sources are compiled as
# objects, because linking the targets would bring in shared libraries; the linker takes from the
# vendors' archives only what is referenced.
# Sanitizers and coverage cannot be linked statically: there the program is an ordinary one.
function(anjuan_static_verifier name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FROM" "")
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${arg_FROM}/*.cpp)
  add_library(${name}_objects OBJECT ${sources})
  target_link_libraries(${name}_objects PRIVATE anjuan_flags)
  target_precompile_headers(${name}_objects REUSE_FROM anjuan_core)
  if(ANJUAN_SANITIZE OR CMAKE_CXX_FLAGS_DEBUG MATCHES "coverage")
    add_executable(${name} $<TARGET_OBJECTS:${name}_objects>)
    target_link_libraries(${name} PRIVATE anjuan::packager)
    return()
  endif()
  file(GLOB static_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${arg_FROM}/static/*.cpp)
  add_executable(${name} $<TARGET_OBJECTS:${name}_objects> ${static_sources})
  foreach(library xerces-c crypto sodium icui18n icuuc)
    find_library(ANJUAN_STATIC_${library} lib${library}.a REQUIRED)
    list(APPEND archives ${ANJUAN_STATIC_${library}})
  endforeach()
  anjuan_icu_converters(${name})
  set(modules $<TARGET_FILE:anjuan_packager> $<TARGET_FILE:anjuan_core>)
  add_dependencies(${name} anjuan_packager)
  set_target_properties(${name} PROPERTIES LINK_DEPENDS "${modules}")
  # Not mold: it takes archive members that nothing refers to, and with them libarchive.
  target_link_options(${name} PRIVATE -fuse-ld=bfd -Wl,--wrap=dlopen)
  target_link_libraries(${name} PRIVATE -static
    -Wl,--start-group ${modules} ${archives} -Wl,--end-group)
  set(ANJUAN_VERIFIER_IS_STATIC ON PARENT_SCOPE)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_link_options(${name} PRIVATE -s -Wl,--gc-sections)
  endif()
endfunction()
