# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# Checks that no include in core/ points upwards (DESIGN.md, section 3), and that a header that is
# installed includes none that is not. Needs CORE, the folder.

cmake_minimum_required(VERSION 3.30)

set(below_template "")
set(below_state "")
set(below_observe "")
set(below_session "")
set(below_controller state session)
set(below_server template state observe session controller)

set(failures 0)
set(checked 0)
file(GLOB floors LIST_DIRECTORIES true RELATIVE ${CORE} ${CORE}/*)
foreach(floor IN LISTS floors)
    if(NOT IS_DIRECTORY ${CORE}/${floor})
        continue()
    endif()
    if(NOT DEFINED below_${floor})
        message(SEND_ERROR "core/${floor} is not a floor that this check knows")
    endif()
    file(GLOB files ${CORE}/${floor}/*.h ${CORE}/${floor}/*.cpp)
    foreach(file IN LISTS files)
        file(STRINGS ${file} includes REGEX "^#include \"")
        foreach(include IN LISTS includes)
            string(REGEX REPLACE "^#include \"([^\"]+)\".*" "\\1" header "${include}")
            file(GLOB found RELATIVE ${CORE} ${CORE}/*/${header})
            if(NOT found)
                continue() # generated, or beside the floors
            endif()
            get_filename_component(target ${found} DIRECTORY)
            math(EXPR checked "${checked} + 1")
            if(NOT "${target}" STREQUAL "${floor}" AND NOT target IN_LIST below_${floor})
                message(SEND_ERROR "${file} includes ${found}: ${target} is not below ${floor}")
            endif()
            if(file MATCHES "\\.h$" AND NOT file MATCHES "_p\\.h$" AND header MATCHES "_p\\.h$")
                message(SEND_ERROR "${file} is public and includes ${header}, which is not")
            endif()
        endforeach()
    endforeach()
endforeach()
if(checked LESS 50)
    message(FATAL_ERROR "Only ${checked} includes were found: the check looks in the wrong place")
endif()
message(STATUS "${checked} includes point downwards")
