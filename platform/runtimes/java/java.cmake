# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Three jars: what users' code sees, the guest, and what runs in a build's box; beside them Debian's gson, which the
# first two need, and an archive of the classes that a start loads (class data sharing), without which it takes twice as
# long. The archive is of use to the JVM alone that made it; another one starts without it.
set(nest_java_folder ${CMAKE_BINARY_DIR}/share/nest/runtimes/java)
set(nest_java_work ${CMAKE_CURRENT_BINARY_DIR}/java)
find_program(NEST_JAVAC javac REQUIRED)
find_program(NEST_JAVA java REQUIRED)
find_program(NEST_JAR jar REQUIRED)
set(nest_gson /usr/share/java/gson.jar)
set(nest_junit)
foreach(jar junit-jupiter-api junit-jupiter-engine junit-jupiter-params junit-platform-commons junit-platform-engine
        junit-platform-launcher opentest4j apiguardian-api)
    list(APPEND nest_junit /usr/share/java/${jar}.jar)
endforeach()

# nest_jar(NAME JARS…): NAME.jar of the folder of that name without "nest-".
function(nest_jar name)
    string(REPLACE "nest-" "" folder ${name})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/java/${folder}/*.java)
    list(JOIN ARGN ":" path)
    set(jars ${ARGN})
    list(FILTER jars INCLUDE REGEX "^${CMAKE_BINARY_DIR}")
    set(classes ${nest_java_work}/${folder})
    # sun.misc.Signal is the JDK's only way to SIGTERM without ending; ignore.symbol.file is its leave to name it.
    # Strings are joined without invokedynamic, whose first use costs a start some ten milliseconds.
    add_custom_command(OUTPUT ${nest_java_folder}/${name}.jar DEPENDS ${sources} ${jars}
        COMMAND ${CMAKE_COMMAND} -E rm -rf ${classes}
        COMMAND ${CMAKE_COMMAND} -E make_directory ${classes} ${nest_java_folder}
        COMMAND ${NEST_JAVAC} -J-XX:TieredStopAtLevel=1 -J-Xmx256m -XDignore.symbol.file -XDstringConcat=inline -Xlint:all,-try
                -Werror -g -parameters -proc:none -encoding UTF-8 -cp "${path}:" -d ${classes} ${sources}
        COMMAND ${NEST_JAR} --create --file ${nest_java_folder}/${name}.jar -C ${classes} .
        COMMENT "Compiling ${name}.jar" VERBATIM)
endfunction()

add_custom_command(OUTPUT ${nest_java_folder}/gson.jar DEPENDS ${nest_gson}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${nest_java_folder}
    COMMAND ${CMAKE_COMMAND} -E copy ${nest_gson} ${nest_java_folder}/gson.jar)
nest_jar(nest-functions ${nest_java_folder}/gson.jar)
nest_jar(nest-guest ${nest_java_folder}/nest-functions.jar ${nest_java_folder}/gson.jar)
nest_jar(nest-build ${nest_java_folder}/nest-guest.jar ${nest_java_folder}/nest-functions.jar ${nest_junit})

# In the order of engines/local/runtimebox.cpp: the archive holds for this class path alone, wherever its folder is.
set(nest_java_path
    ${nest_java_folder}/nest-guest.jar:${nest_java_folder}/nest-functions.jar:${nest_java_folder}/gson.jar)
set(nest_java_sample ${CMAKE_CURRENT_SOURCE_DIR}/java/training/Sample.java)
add_custom_command(OUTPUT ${nest_java_folder}/nest-guest.jsa
    DEPENDS ${nest_java_folder}/nest-guest.jar ${nest_java_folder}/nest-functions.jar ${nest_java_folder}/gson.jar
            ${nest_java_sample}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${nest_java_work}/training/classes
    COMMAND ${NEST_JAVAC} -cp ${nest_java_folder}/nest-functions.jar -d ${nest_java_work}/training/classes
            ${nest_java_sample}
    COMMAND ${CMAKE_COMMAND} -E rm -f ${nest_java_folder}/nest-guest.jsa
    COMMAND ${NEST_JAVA} -XX:ArchiveClassesAtExit=${nest_java_folder}/nest-guest.jsa -XX:+UseSerialGC
            -XX:TieredStopAtLevel=1 -Xmx128m -Xlog:cds=error -Xlog:cds+dynamic=error -cp ${nest_java_path}
            nest.guest.Training ${nest_java_work}/training > ${nest_java_work}/training/log
    COMMENT "Archiving the classes of a Java start" VERBATIM)

set(nest_java_outputs ${nest_java_folder}/gson.jar ${nest_java_folder}/nest-functions.jar
    ${nest_java_folder}/nest-guest.jar ${nest_java_folder}/nest-build.jar ${nest_java_folder}/nest-guest.jsa)
