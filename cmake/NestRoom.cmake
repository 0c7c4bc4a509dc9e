# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything that is the same for each room: language, warnings, sanitizers, and the three functions
# nest_room, nest_program and nest_test.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LINK_DEPENDS_NO_SHARED ON)

set(NEST_SANITIZE "" CACHE STRING "address;undefined or thread")
set(NEST_GUI ON CACHE BOOL "build the rooms that need QtWidgets")

find_program(NEST_CCACHE ccache)
if(NEST_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${NEST_CCACHE})
endif()
find_program(NEST_MOLD mold)

find_package(Qt6 6.8 REQUIRED COMPONENTS Core Network Sql Test)
find_package(QCoro6 REQUIRED COMPONENTS Core Network)
qt_standard_project_setup(REQUIRES 6.8)
set(CMAKE_AUTOMOC OFF)
set(CMAKE_AUTOUIC OFF)
find_package(Boost 1.88 CONFIG REQUIRED COMPONENTS json url)
find_package(PkgConfig REQUIRED)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(archive REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(systemd REQUIRED IMPORTED_TARGET libsystemd)
pkg_check_modules(crypto REQUIRED IMPORTED_TARGET libcrypto)
pkg_check_modules(git2 REQUIRED IMPORTED_TARGET libgit2)
find_package(llhttp REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(Threads REQUIRED)
if(NEST_GUI)
    find_package(Qt6 6.8 REQUIRED COMPONENTS Gui Widgets Charts Svg LinguistTools)
    find_package(Qt6Keychain REQUIRED)
    find_package(KF6CoreAddons REQUIRED)
    find_package(KF6TextEditor REQUIRED)
    find_package(KF6SyntaxHighlighting REQUIRED)
endif()

add_library(nest_options INTERFACE)
target_include_directories(nest_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(nest_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
    # QTRY_… of Qt 6.8 converts a long to an int, so the tests go without.
    $<$<NOT:$<BOOL:$<TARGET_PROPERTY:NEST_IS_TEST>>>:-Wconversion> -Wno-sign-conversion -Werror
    -fno-omit-frame-pointer)
target_compile_definitions(nest_options INTERFACE
    QT_NO_CONTEXTLESS_CONNECT QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH
    QT_NO_URL_CAST_FROM_STRING QT_STRICT_ITERATORS QT_DISABLE_DEPRECATED_UP_TO=0x060800
    BOOST_JSON_NO_LIB NEST_VERSION="${PROJECT_VERSION}")
if(NEST_MOLD)
    target_link_options(nest_options INTERFACE -fuse-ld=mold)
endif()
if(NEST_SANITIZE)
    list(JOIN NEST_SANITIZE "," sanitizers)
    # GCC's value-range warnings misfire on instrumented code; the plain build keeps them.
    target_compile_options(nest_options INTERFACE -fsanitize=${sanitizers} -fno-sanitize-recover=all
        -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds -Wno-restrict)
    target_link_options(nest_options INTERFACE -fsanitize=${sanitizers})
    if("thread" IN_LIST NEST_SANITIZE)
        target_compile_options(nest_options INTERFACE -Wno-tsan)
    endif()
endif()

# The tests that run under ThreadSanitizer: those with the label tsan. Only they are built there.
add_custom_target(nest_tsan_tests)

function(_nest_qt target qt)
    if(qt)
        set_target_properties(${target} PROPERTIES AUTOMOC ON)
    endif()
endfunction()

# nest_room(NAME [QT] SOURCES … [HEADERS …] [LINK …]): one static library a room, nest::NAME.
function(nest_room name)
    cmake_parse_arguments(arg "QT" "" "SOURCES;HEADERS;LINK" ${ARGN})
    add_library(nest_${name} STATIC ${arg_SOURCES})
    add_library(nest::${name} ALIAS nest_${name})
    target_sources(nest_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR} FILES ${arg_HEADERS})
    set_target_properties(nest_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
    target_link_libraries(nest_${name} PUBLIC nest_options ${arg_LINK})
    _nest_qt(nest_${name} ${arg_QT})
endfunction()

# nest_program(NAME [QT] SOURCES … [LINK …])
function(nest_program name)
    cmake_parse_arguments(arg "QT" "" "SOURCES;LINK" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE nest_options ${arg_LINK})
    _nest_qt(${name} ${arg_QT})
endfunction()

# nest_test(NAME SOURCES … [LINK …] [LABELS …] [TIMEOUT seconds] [SERIAL] [PROGRAMS …]): a Qt Test program tst_NAME.
# PROGRAMS are targets that the test starts; they are built before it. SERIAL: what it measures would be the other
# tests, so it runs by itself.
function(nest_test name)
    cmake_parse_arguments(arg "SERIAL" "TIMEOUT" "SOURCES;LINK;LABELS;PROGRAMS" ${ARGN})
    add_executable(tst_${name} ${arg_SOURCES})
    target_link_libraries(tst_${name} PRIVATE nest_options Qt6::Test ${arg_LINK})
    target_compile_definitions(tst_${name} PRIVATE
        NEST_SOURCE_DIR="${CMAKE_SOURCE_DIR}" NEST_BINARY_DIR="${CMAKE_BINARY_DIR}" QT_TEST_NO_KEYWORDS)
    set_target_properties(tst_${name} PROPERTIES AUTOMOC ON NEST_IS_TEST ON)
    if(arg_PROGRAMS)
        add_dependencies(tst_${name} ${arg_PROGRAMS})
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    if("tsan" IN_LIST arg_LABELS)
        add_dependencies(nest_tsan_tests tst_${name})
    endif()
    add_test(NAME ${name} COMMAND tst_${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;ASAN_OPTIONS=detect_leaks=0;TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/cmake/tsan.supp")
    if(arg_SERIAL)
        set_tests_properties(${name} PROPERTIES RUN_SERIAL ON)
    endif()
endfunction()
