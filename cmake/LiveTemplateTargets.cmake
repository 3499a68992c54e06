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

# For a target of the project: warnings are errors in our code, and it may include private headers.
# A folder may add options in LIVETEMPLATE_EXTRA_WARNINGS.
function(livetemplate_warnings target)
    set_target_properties(${target} PROPERTIES LIVETEMPLATE_INSIDE ON)
    target_compile_options(${target} PRIVATE
        -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
        -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wcast-align -Wformat=2
        $<$<BOOL:${LIVETEMPLATE_WARNINGS_AS_ERRORS}>:-Werror> ${LIVETEMPLATE_EXTRA_WARNINGS}
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

# Offers the headers of a target to others. Those that end in _p.h are private.
function(livetemplate_public_headers target)
    get_target_property(sources ${target} SOURCES)
    get_target_property(source_folder ${target} SOURCE_DIR)
    list(FILTER sources INCLUDE REGEX "\\.h$")
    list(FILTER sources EXCLUDE REGEX "_p\\.h$")
    foreach(source IN LISTS sources)
        cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${source_folder} NORMALIZE)
        set_property(GLOBAL APPEND PROPERTY LIVETEMPLATE_PUBLIC_HEADERS ${source})
    endforeach()
endfunction()
