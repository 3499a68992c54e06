# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# The library as other projects find it. Included by tests/CMakeLists.txt, because CMakeLists.txt in
# this folder is the other project's.

set(consumer ${CMAKE_CURRENT_LIST_DIR})
set(consumer_work ${PROJECT_BINARY_DIR}/consumer)
set(consumer_prefix ${consumer_work}/prefix)
set(consumer_client ${LIVETEMPLATE_CLIENT_PACKAGE})
if(NOT consumer_client)
    set(consumer_client ${PROJECT_BINARY_DIR}/npm/node_modules/@livetemplate/client)
endif()
set(consumer_common
    -DPREFIX=${consumer_prefix}
    -DLIBDIR=${CMAKE_INSTALL_LIBDIR}
    -DLIVETEMPLATE_BUILD=${PROJECT_BINARY_DIR}
    -DLIVETEMPLATE_SOURCES=${PROJECT_SOURCE_DIR}
    -DCOMPILER=${CMAKE_CXX_COMPILER}
    -DLAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}
    -DGENERATOR=${CMAKE_GENERATOR}
    -DBUILD_TYPE=${CMAKE_BUILD_TYPE}
    -DCLIENT_PACKAGE=${consumer_client}
    -DTEST_KIT=$<TARGET_EXISTS:LiveTemplateTest>)

# One installation for all.
add_test(NAME install
    COMMAND ${CMAKE_COMMAND} ${consumer_common} -P ${consumer}/install.cmake)
set_tests_properties(install PROPERTIES FIXTURES_SETUP installation TIMEOUT 120)

foreach(mode IN ITEMS install buildtree pkgconfig moved subdirectory)
    add_test(NAME consumer_${mode}
        COMMAND ${CMAKE_COMMAND} -DMODE=${mode} -DWORK=${consumer_work}/${mode} ${consumer_common}
            -P ${consumer}/runconsumer.cmake)
    set_tests_properties(consumer_${mode} PROPERTIES TIMEOUT 900)
endforeach()
# It takes from the compiler cache what the library's build has compiled; without a cache it
# compiles all of it. On all processors, thus not beside other tests.
set_tests_properties(consumer_subdirectory PROPERTIES TIMEOUT 2400 PROCESSORS 2)
set_tests_properties(consumer_install consumer_pkgconfig PROPERTIES FIXTURES_REQUIRED installation)

add_test(NAME publicheaders
    COMMAND ${CMAKE_COMMAND} -DSOURCES=${PROJECT_SOURCE_DIR} -DWORK=${consumer_work}/headers
        ${consumer_common} -P ${consumer}/checkheaders.cmake)
set_tests_properties(publicheaders PROPERTIES FIXTURES_REQUIRED installation TIMEOUT 600)
