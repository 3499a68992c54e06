# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# What all targets of the project have in common.

include_guard()

if(LIVETEMPLATE_SANITIZE)
    list(JOIN LIVETEMPLATE_SANITIZE "," sanitizers)
    add_compile_options(-fsanitize=${sanitizers} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${sanitizers})
    if(sanitizers MATCHES "undefined")
        # An undefined behaviour ends the test, as an invalid access does. The check of dynamic
        # types needs the type information of Qt's private classes, which are hidden.
        add_compile_options(-fno-sanitize-recover=undefined -fno-sanitize=vptr)
    endif()
endif()

if(LIVETEMPLATE_FUZZERS)
    # Coverage that a fuzzer follows; the targets bring libFuzzer itself.
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Warnings are errors in our code. A folder may add options in LIVETEMPLATE_EXTRA_WARNINGS.
function(livetemplate_warnings target)
    target_compile_options(${target} PRIVATE
        -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
        -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wcast-align -Wformat=2
        -Werror ${LIVETEMPLATE_EXTRA_WARNINGS}
    )
    target_compile_definitions(${target} PRIVATE
        QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
        QT_NO_KEYWORDS QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH
        QT_DISABLE_DEPRECATED_UP_TO=0x060800
    )
endfunction()

# A floor of core/: the objects of one folder. It sees the headers of its own folder and of the
# floors named after BELOW, and of no other: an include that points upwards does not compile.
function(livetemplate_floor name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "BELOW;SOURCES;LIBRARIES")
    set(target livetemplate_${name})
    add_library(${target} OBJECT ${arg_SOURCES})
    set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_include_directories(${target} PUBLIC
        ${CMAKE_CURRENT_SOURCE_DIR}/global ${CMAKE_CURRENT_SOURCE_DIR}/${name})
    target_compile_definitions(${target} PRIVATE LIVETEMPLATE_BUILDING_CORE)
    target_link_libraries(${target} PUBLIC Qt6::Core ${arg_LIBRARIES})
    foreach(floor IN LISTS arg_BELOW)
        # Headers only: the objects of all floors are linked once, into the library.
        target_include_directories(${target} PUBLIC
            $<TARGET_PROPERTY:livetemplate_${floor},INTERFACE_INCLUDE_DIRECTORIES>)
        target_link_libraries(${target} PUBLIC
            $<TARGET_PROPERTY:livetemplate_${floor},INTERFACE_LINK_LIBRARIES>)
    endforeach()
    livetemplate_warnings(${target})
endfunction()
