# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# Builds the consumer against the library, and runs it.
#   MODE      install        against PREFIX
#             buildtree      against LIVETEMPLATE_BUILD, the build directory
#             pkgconfig      against PREFIX, with nothing but a compiler and pkg-config
#             subdirectory   with a copy of the library's sources, LIVETEMPLATE_SOURCES, as a part
#             moved          against an installation of its own, which moves in between
#   WORK      a folder of its own
#   LIBDIR    libraries below the prefix
#   TEST_KIT  build the test with the test kit, too, where that is worth its time
#   COMPILER, LAUNCHER, GENERATOR, BUILD_TYPE, CLIENT_PACKAGE  as the library's build has them

cmake_minimum_required(VERSION 3.30)

function(run)
    execute_process(COMMAND ${ARGN} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# A folder that is made anew.
function(fresh folder)
    file(REMOVE_RECURSE ${folder})
    file(MAKE_DIRECTORY ${folder})
endfunction()

# Configures, builds and runs the consumer in a new folder.
function(consume folder)
    fresh(${folder})
    run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_FUNCTION_LIST_DIR} -B ${folder} -G ${GENERATOR}
        -DCMAKE_CXX_COMPILER=${COMPILER}
        -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
        -DCMAKE_CXX_SCAN_FOR_MODULES=OFF
        # Nothing of what the machine may have by itself.
        -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF
        -DWITH_TEST_KIT=${TEST_KIT}
        ${ARGN})
    # Its own program alone, as somebody does who builds one target: what that needs is built, too.
    run(${CMAKE_COMMAND} --build ${folder} --target consumer)
    run(${folder}/consumer)
    if(TEST_KIT)
        run(${CMAKE_COMMAND} --build ${folder} --target tst_page)
        run(${folder}/tst_page)
    endif()
endfunction()

if(MODE MATCHES "^(buildtree|moved)$")
    set(TEST_KIT 0)
endif()
set(ENV{LD_LIBRARY_PATH} "")
if(MODE STREQUAL "install")
    consume(${WORK} -DCMAKE_PREFIX_PATH=${PREFIX})

elseif(MODE STREQUAL "buildtree")
    consume(${WORK} -DLiveTemplate_DIR=${LIVETEMPLATE_BUILD})

elseif(MODE STREQUAL "subdirectory")
    # The library's sources beside the build folder, as far from it as in the library's own build:
    # so the compiler cache has what that compiled. Without tests, programs and templates, because
    # the library must not need them.
    fresh(${WORK})
    file(COPY
        ${LIVETEMPLATE_SOURCES}/CMakeLists.txt ${LIVETEMPLATE_SOURCES}/cmake
        ${LIVETEMPLATE_SOURCES}/core ${LIVETEMPLATE_SOURCES}/resources
        DESTINATION ${WORK})
    consume(${WORK}/build
        -DLIVETEMPLATE_SOURCES=${WORK}
        -DCMAKE_BUILD_TYPE=${BUILD_TYPE}
        -DLIVETEMPLATE_WARNINGS_AS_ERRORS=ON
        -DLIVETEMPLATE_CLIENT_PACKAGE=${CLIENT_PACKAGE})
    # It is the library alone, and leaves no trace in who has it.
    foreach(program IN ITEMS livetemplate-server livetemplate-dashboard)
        file(GLOB_RECURSE found ${WORK}/build/${program})
        if(found)
            message(FATAL_ERROR "add_subdirectory() has built ${found}")
        endif()
    endforeach()
    file(STRINGS ${WORK}/build/CMakeCache.txt cache REGEX "^(BUILD_TESTING|CMAKE_INSTALL_[A-Z]*DIR):")
    if(cache MATCHES "BUILD_TESTING")
        message(FATAL_ERROR "add_subdirectory() has set ${cache}")
    endif()
    fresh(${WORK}/installed)
    run(${CMAKE_COMMAND} --install ${WORK}/build --prefix ${WORK}/installed)
    file(GLOB installed ${WORK}/installed/*)
    if(installed)
        message(FATAL_ERROR "add_subdirectory() has installed ${installed}")
    endif()

elseif(MODE STREQUAL "moved")
    fresh(${WORK})
    foreach(component IN ITEMS Library Development Server)
        run(${CMAKE_COMMAND} --install ${LIVETEMPLATE_BUILD} --prefix ${WORK}/here
            --component ${component})
    endforeach()
    consume(${WORK}/build-here -DCMAKE_PREFIX_PATH=${WORK}/here)
    file(RENAME ${WORK}/here ${WORK}/there)
    consume(${WORK}/build-there -DCMAKE_PREFIX_PATH=${WORK}/there)
    # The programs find the library, and the library its tags.
    file(WRITE ${WORK}/page.html "<ul>{% for name in names %}<li>{{ name }}</li>{% endfor %}</ul>")
    file(WRITE ${WORK}/state.json "{\"names\": [\"Ada\"]}")
    run(${WORK}/there/bin/livetemplate-server --version)
    execute_process(COMMAND ${WORK}/there/bin/livetemplate-render ${WORK}/page.html ${WORK}/state.json
        OUTPUT_VARIABLE rendered COMMAND_ERROR_IS_FATAL ANY)
    if(NOT rendered MATCHES "<li>Ada</li>")
        message(FATAL_ERROR "livetemplate-render made ${rendered}")
    endif()

elseif(MODE STREQUAL "pkgconfig")
    fresh(${WORK})
    set(ENV{PKG_CONFIG_PATH} ${PREFIX}/${LIBDIR}/pkgconfig)
    execute_process(COMMAND pkg-config --variable=libexecdir Qt6Core
        OUTPUT_VARIABLE tools OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND pkg-config --cflags --libs livetemplate
        OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    separate_arguments(flags UNIX_COMMAND "${flags}")
    set(sources ${CMAKE_CURRENT_LIST_DIR})
    file(WRITE ${WORK}/page.qrc
        "<RCC><qresource><file alias=\"page.html\">${sources}/page.html</file></qresource></RCC>")
    run(${tools}/moc ${sources}/page.h -o ${WORK}/moc_page.cpp)
    run(${tools}/rcc ${WORK}/page.qrc -o ${WORK}/page.cpp)
    run(${COMPILER} -std=c++23 -fPIC -I${sources} ${sources}/main.cpp
        ${WORK}/moc_page.cpp ${WORK}/page.cpp -o ${WORK}/consumer ${flags} -Wl,-rpath,${PREFIX}/${LIBDIR})
    run(${WORK}/consumer)

else()
    message(FATAL_ERROR "MODE ${MODE} is not known")
endif()
