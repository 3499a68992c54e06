# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# Copies each example to a folder of its own, as somebody does who begins with one, builds it with
# the installed library, and runs its tests.
#   EXAMPLES  the folder of all of them
#   WORK      a folder of its own
#   TESTED    the examples whose own tests are built and run, too; those of the others are built
#             with the library's tree, and take a while to compile
#   PREFIX, COMPILER, LAUNCHER, GENERATOR  as in tests/consumer/runconsumer.cmake

cmake_minimum_required(VERSION 3.30)

set(ENV{LD_LIBRARY_PATH} "")
file(REMOVE_RECURSE ${WORK})
file(GLOB lists ${EXAMPLES}/*/CMakeLists.txt)
if(NOT lists)
    message(FATAL_ERROR "There are no examples in ${EXAMPLES}")
endif()

foreach(list IN LISTS lists)
    cmake_path(GET list PARENT_PATH source)
    cmake_path(GET source FILENAME example)
    file(COPY ${source} DESTINATION ${WORK})
    set(tests OFF)
    if(example IN_LIST TESTED)
        set(tests ON)
    endif()
    set(build ${WORK}/${example}/build)
    execute_process(
        COMMAND ${CMAKE_COMMAND} -S ${WORK}/${example} -B ${build} -G ${GENERATOR}
            -DCMAKE_PREFIX_PATH=${PREFIX} -DBUILD_TESTING=${tests}
            -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
            -DCMAKE_CXX_SCAN_FOR_MODULES=OFF
            # One file for the compiler: most of its time goes into headers.
            -DCMAKE_UNITY_BUILD=ON
            # Nothing of what the machine may have by itself.
            -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF
        COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND ${CMAKE_COMMAND} --build ${build}
        COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
    # It finds the library that is installed; embed has a window, and no display here.
    execute_process(
        COMMAND ${CMAKE_COMMAND} -E env QT_QPA_PLATFORM=offscreen ${build}/${example} --help
        OUTPUT_QUIET COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
    if(tests)
        execute_process(
            COMMAND ${CMAKE_CTEST_COMMAND} --test-dir ${build} --output-on-failure --no-tests=error
            COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
    endif()
endforeach()
