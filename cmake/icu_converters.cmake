# cmake -DARCHIVE=libicudata.a -DFOLDER=dir -DMAJOR=72 -DICUPKG=icupkg -P icu_converters.cmake
#
# Takes ICU's data out of its static archive and keeps the character set converters, which is all
# that an XML parser needs: 5 MB of 31. Writes FOLDER/converters.dat.
file(MAKE_DIRECTORY ${FOLDER}/items ${FOLDER}/new)
set(data icudt${MAJOR}l)  # "l" = little-endian, as every machine that we build for

function(run)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${FOLDER} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

execute_process(COMMAND ar p ${ARCHIVE} ${data}_dat.o
  OUTPUT_FILE ${FOLDER}/data.o COMMAND_ERROR_IS_FATAL ANY)
run(objcopy -O binary --only-section=.rodata data.o ${data}.dat)
execute_process(COMMAND ${ICUPKG} -l ${data}.dat WORKING_DIRECTORY ${FOLDER}
  OUTPUT_VARIABLE items COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+\\.cnv\n|cnvalias\\.icu\n" kept "${items}")
string(REPLACE ";" "" kept "${kept}")
file(WRITE ${FOLDER}/kept.txt "${kept}")
run(${ICUPKG} -d items -x kept.txt ${data}.dat)
# The name of the package stands in each item's path: it must be that of ICU's own data.
run(${ICUPKG} -s items -a kept.txt new new/${data}.dat)
file(RENAME ${FOLDER}/new/${data}.dat ${FOLDER}/converters.dat)
file(REMOVE ${FOLDER}/data.o ${FOLDER}/${data}.dat)
