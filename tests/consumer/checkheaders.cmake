# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# Checks what is installed below include/: all public headers and no private one, each compiles by
# itself, and all together, under the warnings that the library's own code is held to.
#   PREFIX, LIBDIR        the installation
#   SOURCES               the library's sources
#   WORK                  a folder of its own
#   COMPILER, LAUNCHER    as the library's build has them
#   TEST_KIT              headers of the test kit are there

cmake_minimum_required(VERSION 3.30)

set(headers ${PREFIX}/include/LiveTemplate)
file(GLOB_RECURSE installed RELATIVE ${headers} ${headers}/*)
file(GLOB others ${PREFIX}/include/*)
if(NOT others STREQUAL headers)
    message(FATAL_ERROR "Installed beside include/LiveTemplate: ${others}")
endif()

# Which headers are there.
file(GLOB_RECURSE public ${SOURCES}/core/*.h)
list(FILTER public EXCLUDE REGEX "_p\\.h$")
if(NOT TEST_KIT)
    list(FILTER public EXCLUDE REGEX "/livetest/")
endif()
foreach(header IN LISTS public)
    cmake_path(GET header FILENAME name)
    if(NOT name IN_LIST installed)
        message(SEND_ERROR "${header} is not installed; is it in core/CMakeLists.txt?")
    endif()
endforeach()
foreach(name IN LISTS installed)
    if(name MATCHES "_p\\.h$")
        message(SEND_ERROR "${name} is private, and installed")
    endif()
    file(STRINGS ${headers}/${name} includes REGEX "^ *# *include.*_p\\.h")
    if(includes)
        message(SEND_ERROR "${name} includes a private header: ${includes}")
    endif()
endforeach()
list(LENGTH installed count)
if(count LESS 60)
    message(FATAL_ERROR "Only ${count} headers are installed")
endif()

# A header that its own source includes before all others has been compiled alone already, by the
# library's build. The others are compiled here, one by one; and all of them in one file, from what
# is installed, in an order of the alphabet and in its reverse.
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
set(alone)
set(together "")
set(reversed "")
foreach(header IN LISTS public)
    cmake_path(GET header FILENAME name)
    cmake_path(REPLACE_EXTENSION header LAST_ONLY cpp OUTPUT_VARIABLE source)
    set(first "")
    if(EXISTS ${source})
        file(STRINGS ${source} first REGEX "^#include" LIMIT_COUNT 1)
    endif()
    if(NOT first STREQUAL "#include \"${name}\"")
        file(WRITE ${WORK}/${name}.cpp "#include <LiveTemplate/${name}>\n")
        list(APPEND alone ${name})
    endif()
endforeach()
foreach(name IN LISTS installed)
    string(APPEND together "#include <LiveTemplate/${name}>\n")
    string(PREPEND reversed "#include <LiveTemplate/${name}>\n")
endforeach()
file(WRITE ${WORK}/together.cpp "${together}")
file(WRITE ${WORK}/reversed.cpp "${reversed}")

set(ENV{PKG_CONFIG_PATH} ${PREFIX}/${LIBDIR}/pkgconfig)
set(packages livetemplate)
if(TEST_KIT)
    list(APPEND packages Qt6Test)
endif()
execute_process(COMMAND pkg-config --cflags ${packages}
    OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
# Warnings about Qt's headers are not ours.
string(REGEX REPLACE "-I([^ ]*/qt6)" "-isystem \\1" flags "${flags}")
separate_arguments(flags UNIX_COMMAND "${flags}")
foreach(name IN LISTS alone ITEMS together reversed)
    execute_process(
        COMMAND ${LAUNCHER} ${COMPILER} -std=c++23 -fPIC -Wall -Wextra -Wpedantic -Wshadow -Wconversion
            -Wno-sign-conversion -Wold-style-cast -Woverloaded-virtual -Werror
            -DQT_NO_KEYWORDS -DQT_NO_CAST_FROM_ASCII -DQT_NO_CAST_TO_ASCII
            ${flags} -c ${WORK}/${name}.cpp -o ${WORK}/${name}.o
        RESULT_VARIABLE result ERROR_VARIABLE errors)
    if(result)
        message(SEND_ERROR "${name} does not compile:\n${errors}")
    endif()
endforeach()
message(STATUS "Compiled alone: ${alone}")
