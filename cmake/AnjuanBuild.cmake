# The few build words that the root CMakeLists.txt is written in.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(ANJUAN_TESTS "Build the tests" ON)
option(ANJUAN_FAULT_POINTS "Compile in the points at which the crash tests kill the program" OFF)
option(ANJUAN_FUZZ "Build libFuzzer targets (clang only)" OFF)
set(ANJUAN_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined")

find_program(ANJUAN_CCACHE ccache)
if(ANJUAN_CCACHE)
  # The two sloppiness words let ccache serve objects that use a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${ANJUAN_CCACHE})
endif()
find_program(ANJUAN_MOLD mold)
if(ANJUAN_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(XercesC REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(SQLite3 REQUIRED)
find_package(LibArchive REQUIRED)
find_package(ZLIB REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(Poco REQUIRED COMPONENTS Foundation Net)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(magic REQUIRED IMPORTED_TARGET libmagic)
pkg_check_modules(exif REQUIRED IMPORTED_TARGET libexif)
pkg_check_modules(heif REQUIRED IMPORTED_TARGET libheif)
# Not as a target: its -DUNICODE would part the module from the shared precompiled header.
pkg_check_modules(mediainfo REQUIRED libmediainfo)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(pango REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(jpeg REQUIRED IMPORTED_TARGET libjpeg)
pkg_check_modules(heif REQUIRED IMPORTED_TARGET libheif)
pkg_check_modules(libav REQUIRED IMPORTED_TARGET
  libavformat libavcodec libavutil libswscale libswresample)
pkg_check_modules(tesseract REQUIRED IMPORTED_TARGET tesseract)

# Warnings are errors, so that the next reader never has to wonder about one.
add_library(anjuan_flags INTERFACE)
target_compile_options(anjuan_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wswitch-enum -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(anjuan_flags INTERFACE -Wduplicated-cond -Wlogical-op -Wsuggest-override)
  # GCC 12 sees faults in its own std::string once it optimises (GCC bugs 105329 and 105651).
  target_compile_options(anjuan_flags INTERFACE
    "$<$<CONFIG:Release>:-Wno-array-bounds;-Wno-restrict;-Wno-stringop-overflow>")
endif()
target_compile_definitions(anjuan_flags INTERFACE
  ANJUAN_VERSION="${PROJECT_VERSION}" $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>
  $<$<BOOL:${ANJUAN_FAULT_POINTS}>:ANJUAN_FAULT_POINTS>)
target_include_directories(anjuan_flags INTERFACE ${CMAKE_SOURCE_DIR})
# fmt is spoken everywhere; its definitions must also equal those of the shared precompiled header.
target_link_libraries(anjuan_flags INTERFACE Threads::Threads fmt::fmt)
if(ANJUAN_SANITIZE)
  target_compile_options(anjuan_flags INTERFACE
    -fsanitize=${ANJUAN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
    # GCC 12 sees faults that are not there in code that it has instrumented itself (std::regex).
    "$<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow;-Wno-array-bounds;-Wno-maybe-uninitialized>")
  target_link_options(anjuan_flags INTERFACE -fsanitize=${ANJUAN_SANITIZE})
endif()

if(ANJUAN_FUZZ)
  target_compile_options(anjuan_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

include(AnjuanEmbed)

# anjuan_module(NAME [USES module...] [LINKS target...] [OWN_HEADER]): the library anjuan::NAME of
# folder NAME/. OWN_HEADER: with a precompiled header of its own, for a library that brings
# definitions (Poco) or options (Pango), since those must equal the header's.
function(anjuan_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "OWN_HEADER" "" "USES;LINKS")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${name}/*.cpp)
  if(NOT name STREQUAL "core")
    list(FILTER sources EXCLUDE REGEX "_worker\\.cpp$")
  endif()
  if(NOT sources)
    add_library(anjuan_${name} INTERFACE)
    add_library(anjuan::${name} ALIAS anjuan_${name})
    return()
  endif()
  add_library(anjuan_${name} STATIC ${sources})
  add_library(anjuan::${name} ALIAS anjuan_${name})
  list(TRANSFORM arg_USES PREPEND anjuan::)
  target_link_libraries(anjuan_${name} PUBLIC anjuan_flags ${arg_USES} PRIVATE ${arg_LINKS})
  if(name STREQUAL "core")
    target_precompile_headers(anjuan_core PRIVATE ${CMAKE_SOURCE_DIR}/core/pch.h)
    anjuan_embed(anjuan_core ${CMAKE_SOURCE_DIR}/schemas)
  elseif(arg_OWN_HEADER)
    target_precompile_headers(anjuan_${name} PRIVATE ${CMAKE_SOURCE_DIR}/core/pch.h)
  else()
    target_precompile_headers(anjuan_${name} REUSE_FROM anjuan_core)
  endif()
endfunction()

# anjuan_optimise(NAME pattern...): -O2 in Debug too for files that look at every pixel. They cannot
# share the precompiled header, whose options must be theirs: it is included as it is.
function(anjuan_optimise name)
  list(TRANSFORM ARGN PREPEND ${CMAKE_SOURCE_DIR}/)
  file(GLOB sources CONFIGURE_DEPENDS ${ARGN})
  set_source_files_properties(${sources} TARGET_DIRECTORY anjuan_${name} PROPERTIES
    SKIP_PRECOMPILE_HEADERS ON
    COMPILE_OPTIONS "$<$<CONFIG:Debug>:-O2>;-include;${CMAKE_SOURCE_DIR}/core/pch.h")
endfunction()

# anjuan_program(NAME FROM folder [USES module...] [LINKS target...] [OPTIMISED]): a program from
# a folder. OPTIMISED: -O2 in Debug too, for programs that draw pixels; with a header of its own,
# since compiler options and those that its libraries bring (-pthread) must equal the header's.
function(anjuan_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "OPTIMISED" "FROM" "USES;LINKS")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${arg_FROM}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  list(TRANSFORM arg_USES PREPEND anjuan::)
  target_link_libraries(${name} PRIVATE anjuan_flags ${arg_USES} ${arg_LINKS})
  if(arg_OPTIMISED)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Debug>:-O2>)
    target_precompile_headers(${name} PRIVATE ${CMAKE_SOURCE_DIR}/core/pch.h)
  else()
    target_precompile_headers(${name} REUSE_FROM anjuan_core)
  endif()
endfunction()

# anjuan_workers(NAME FROM folder): adds the folder's files *_worker.cpp, which its module leaves
# out, to a program.
function(anjuan_workers name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FROM" "")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${arg_FROM}/*_worker.cpp)
  target_sources(${name} PRIVATE ${sources})
endfunction()

include(AnjuanStaticVerifier)
