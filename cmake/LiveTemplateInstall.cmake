# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# How other projects find the library: find_package(LiveTemplate) in the build tree and in an
# installed one, and pkg-config. Everything is found relative to the file that tells it, so that an
# installed tree can be moved. Components of the installation are the Debian packages:
#   Library      what a program needs to run
#   Development  what one needs to build it
#   Server       livetemplate-server and its kin
#   Dashboard    the desktop

include_guard()
include(CMakePackageConfigHelpers)

if(TARGET LiveTemplateTest)
    livetemplate_public_headers(LiveTemplateTest)
    set_target_properties(LiveTemplateTest PROPERTIES EXPORT_NAME Test)
endif()

# All public headers in one folder, as they are installed: they find each other there, and no header
# of a user's own comes between. Copies, because GCC follows links of system headers.
get_property(public_headers GLOBAL PROPERTY LIVETEMPLATE_PUBLIC_HEADERS)
set(header_folder ${PROJECT_BINARY_DIR}/core/include/LiveTemplate)
file(MAKE_DIRECTORY ${header_folder})
file(GLOB superseded ${header_folder}/*)
foreach(header IN LISTS public_headers)
    cmake_path(GET header FILENAME name)
    list(REMOVE_ITEM superseded ${header_folder}/${name})
endforeach()
file(REMOVE ${superseded})
add_custom_command(
    OUTPUT ${PROJECT_BINARY_DIR}/core/headers.stamp
    COMMAND ${CMAKE_COMMAND} -E copy_if_different ${public_headers} ${header_folder}
    COMMAND ${CMAKE_COMMAND} -E touch ${PROJECT_BINARY_DIR}/core/headers.stamp
    DEPENDS ${public_headers}
    COMMENT "Copying public headers"
    VERBATIM)
add_custom_target(livetemplate_headers ALL DEPENDS ${PROJECT_BINARY_DIR}/core/headers.stamp)

# Nobody can redirect calls of other libraries in what is installed: they are resolved at the start,
# and then read-only.
set(LIVETEMPLATE_HARDENING -Wl,-z,relro,-z,now)

# Installs a program and its manual page in the component.
function(livetemplate_install_program program component)
    if(LIVETEMPLATE_INSTALL)
        target_link_options(${program} PRIVATE ${LIVETEMPLATE_HARDENING})
        install(TARGETS ${program} RUNTIME COMPONENT ${component})
        install(FILES ${PROJECT_SOURCE_DIR}/resources/man/${program}.1
            DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT ${component})
    endif()
endfunction()

if(NOT LIVETEMPLATE_INSTALL)
    return()
endif()

foreach(folder IN ITEMS CMAKE_INSTALL_BINDIR CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
    if(IS_ABSOLUTE ${${folder}})
        message(FATAL_ERROR "${folder} is ${${folder}}; it must be relative to the prefix, because "
            "what is installed can be moved")
    endif()
endforeach()
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/LiveTemplate)
file(RELATIVE_PATH libraries_from_programs
    /prefix/${CMAKE_INSTALL_BINDIR} /prefix/${CMAKE_INSTALL_LIBDIR})
# For the programs; a package removes it, because there the linker needs no help.
set(CMAKE_INSTALL_RPATH "$ORIGIN/${libraries_from_programs}")

# The library, and its plugin beside it.
target_link_options(LiveTemplateCore PRIVATE ${LIVETEMPLATE_HARDENING})
target_link_options(livetemplate_tags PRIVATE ${LIVETEMPLATE_HARDENING})
install(TARGETS LiveTemplateCore EXPORT LiveTemplateTargets
    LIBRARY COMPONENT Library NAMELINK_COMPONENT Development)
set_target_properties(LiveTemplateCore PROPERTIES INSTALL_RPATH "")
install(TARGETS livetemplate_tags
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/livetemplate/kf6/ktexttemplate COMPONENT Library)

# Headers.
install(FILES ${public_headers}
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/LiveTemplate COMPONENT Development)

# find_package(). The test kit has a file of its own, because it needs more.
configure_package_config_file(
    ${CMAKE_CURRENT_LIST_DIR}/LiveTemplateConfig.cmake.in
    ${PROJECT_BINARY_DIR}/LiveTemplateConfig.cmake
    INSTALL_DESTINATION ${package_folder})
# Semantic versioning: before 1.0 a minor version may change what programs are written against, and
# 0.2 does not do for who asks for 0.1.
set(compatibility SameMajorVersion)
if(PROJECT_VERSION_MAJOR EQUAL 0)
    set(compatibility SameMinorVersion)
endif()
write_basic_package_version_file(${PROJECT_BINARY_DIR}/LiveTemplateConfigVersion.cmake
    COMPATIBILITY ${compatibility})
install(FILES
    ${PROJECT_BINARY_DIR}/LiveTemplateConfig.cmake
    ${PROJECT_BINARY_DIR}/LiveTemplateConfigVersion.cmake
    DESTINATION ${package_folder} COMPONENT Development)
install(EXPORT LiveTemplateTargets
    NAMESPACE LiveTemplate:: DESTINATION ${package_folder} COMPONENT Development)
export(EXPORT LiveTemplateTargets
    NAMESPACE LiveTemplate:: FILE ${PROJECT_BINARY_DIR}/LiveTemplateTargets.cmake)
if(TARGET LiveTemplateTest)
    install(TARGETS LiveTemplateTest EXPORT LiveTemplateTestTargets
        ARCHIVE COMPONENT Development)
    install(EXPORT LiveTemplateTestTargets
        NAMESPACE LiveTemplate:: DESTINATION ${package_folder} COMPONENT Development)
    export(EXPORT LiveTemplateTestTargets
        NAMESPACE LiveTemplate:: FILE ${PROJECT_BINARY_DIR}/LiveTemplateTestTargets.cmake)
endif()

# pkg-config.
file(RELATIVE_PATH prefix_from_pkgconfig /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
string(REGEX REPLACE "/$" "" prefix_from_pkgconfig ${prefix_from_pkgconfig})
configure_file(${CMAKE_CURRENT_LIST_DIR}/livetemplate.pc.in ${PROJECT_BINARY_DIR}/livetemplate.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/livetemplate.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT Development)
