# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# Checks what is in which package, and what each depends on, and unpacks them.
#   WORK       has the packages; WORK/unpacked gets their files
#   LIBDIR     libraries below /usr
#   VERSION, ABI, DASHBOARD, TEST_KIT   what was built

cmake_minimum_required(VERSION 3.30)

execute_process(COMMAND dpkg-architecture -qDEB_HOST_MULTIARCH
    OUTPUT_VARIABLE multiarch OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
if(NOT LIBDIR STREQUAL "lib/${multiarch}")
    message(FATAL_ERROR "Libraries go to /usr/${LIBDIR}, and Debian has them in /usr/lib/${multiarch}. "
        "Configure anew: cmake -U CMAKE_INSTALL_LIBDIR and the build directory")
endif()

set(revision ${VERSION}-1)

# Sets package to the file of the package, and files to the names of what is in it.
macro(look_into name)
    file(GLOB package ${WORK}/${name}_${revision}_*.deb)
    if(NOT package)
        message(FATAL_ERROR "There is no package ${name}")
    endif()
    execute_process(COMMAND dpkg-deb --fsys-tarfile ${package} COMMAND tar --list
        OUTPUT_VARIABLE files COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE "\n" ";" files "${files}")
    list(FILTER files EXCLUDE REGEX "/$|^$")
    list(TRANSFORM files REPLACE "^\\./" "/")
    message(STATUS "${name}: ${files}")
endmacro()

function(has)
    foreach(file IN LISTS ARGN)
        if(NOT file IN_LIST files)
            message(SEND_ERROR "${name} has no ${file}")
        endif()
    endforeach()
endfunction()

# Nothing in the package but what one of the regular expressions is for.
function(has_only)
    foreach(file IN LISTS files)
        set(known FALSE)
        foreach(expression IN LISTS ARGN ITEMS "^/usr/share/(doc|lintian)/")
            if(file MATCHES ${expression})
                set(known TRUE)
            endif()
        endforeach()
        if(NOT known)
            message(SEND_ERROR "${name} has ${file}, which belongs elsewhere")
        endif()
    endforeach()
    has(/usr/share/doc/${name}/copyright /usr/share/doc/${name}/changelog.Debian.gz)
endfunction()

function(depends_on)
    execute_process(COMMAND dpkg-deb --field ${package} Depends
        OUTPUT_VARIABLE depends COMMAND_ERROR_IS_FATAL ANY)
    message(STATUS "${name} depends on ${depends}")
    foreach(dependency IN LISTS ARGN)
        string(FIND ", ${depends}" ", ${dependency}" position)
        if(position EQUAL -1)
            message(SEND_ERROR "${name} does not depend on ${dependency}: ${depends}")
        endif()
    endforeach()
endfunction()

file(REMOVE_RECURSE ${WORK}/unpacked)
file(MAKE_DIRECTORY ${WORK}/unpacked)
set(library "liblivetemplate${ABI} (= ${revision})")

set(name liblivetemplate${ABI})
look_into(${name})
has(/usr/${LIBDIR}/libLiveTemplateCore.so.${ABI}
    /usr/${LIBDIR}/livetemplate/kf6/ktexttemplate/livetemplate_tags.so)
has_only("^/usr/${LIBDIR}/libLiveTemplateCore\\.so\\.${ABI}"
    "^/usr/${LIBDIR}/livetemplate/kf6/ktexttemplate/livetemplate_tags\\.so$")
depends_on("libqt6core6t64 (>= 6.8" libqt6network6 libkf6texttemplate6 libhiredis libllhttp libc6)
execute_process(COMMAND dpkg-deb -x ${package} ${WORK}/unpacked/development COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND dpkg-deb --ctrl-tarfile ${package} COMMAND tar --list
    OUTPUT_VARIABLE control COMMAND_ERROR_IS_FATAL ANY)
foreach(file IN ITEMS triggers shlibs)
    if(NOT control MATCHES "\\./${file}")
        message(SEND_ERROR "${name} has no ${file}: ${control}")
    endif()
endforeach()

set(name liblivetemplate-dev)
look_into(${name})
has(/usr/include/LiveTemplate/Server /usr/include/LiveTemplate/server.h
    /usr/${LIBDIR}/libLiveTemplateCore.so
    /usr/${LIBDIR}/cmake/LiveTemplate/LiveTemplateConfig.cmake
    /usr/${LIBDIR}/pkgconfig/livetemplate.pc)
if(TEST_KIT)
    has(/usr/include/LiveTemplate/LiveTest /usr/${LIBDIR}/libLiveTemplateTest.a)
endif()
has_only("^/usr/include/LiveTemplate/" "^/usr/${LIBDIR}/cmake/LiveTemplate/"
    "^/usr/${LIBDIR}/pkgconfig/livetemplate\\.pc$" "^/usr/${LIBDIR}/libLiveTemplateCore\\.so$"
    "^/usr/${LIBDIR}/libLiveTemplateTest\\.a$")
depends_on(${library} "qt6-base-dev (>= 6.8)" libgumbo-dev pkgconf)
execute_process(COMMAND dpkg-deb -x ${package} ${WORK}/unpacked/development COMMAND_ERROR_IS_FATAL ANY)

set(name livetemplate-server)
look_into(${name})
foreach(program IN ITEMS server render load)
    has(/usr/bin/livetemplate-${program} /usr/share/man/man1/livetemplate-${program}.1.gz)
endforeach()
has(/usr/lib/systemd/system/livetemplate-server.service
    /usr/lib/systemd/system/livetemplate-server.socket
    /etc/livetemplate/server.conf)
has_only("^/usr/bin/livetemplate-(server|render|load)$" "^/usr/share/man/man1/"
    "^/usr/lib/systemd/system/livetemplate-server\\.(service|socket)$"
    "^/etc/livetemplate/server\\.conf$")
depends_on(${library} libqt6core6t64 libc6)
execute_process(COMMAND dpkg-deb -x ${package} ${WORK}/unpacked/server COMMAND_ERROR_IS_FATAL ANY)

if(DASHBOARD)
    set(name livetemplate-dashboard)
    look_into(${name})
    has(/usr/bin/livetemplate-dashboard /usr/share/man/man1/livetemplate-dashboard.1.gz
        /usr/share/applications/org.livetemplate.Dashboard.desktop
        /usr/share/metainfo/org.livetemplate.Dashboard.metainfo.xml
        /usr/share/icons/hicolor/scalable/apps/org.livetemplate.Dashboard.svg)
    has_only("^/usr/bin/livetemplate-dashboard$" "^/usr/share/(applications|metainfo|icons)/"
        "^/usr/share/man/man1/")
    depends_on(${library} libqt6webenginewidgets6)
endif()

# Each program of the server's package runs with the library's, and has no path of this machine.
set(ENV{LD_LIBRARY_PATH} ${WORK}/unpacked/development/usr/${LIBDIR})
foreach(program IN ITEMS server render load)
    set(file ${WORK}/unpacked/server/usr/bin/livetemplate-${program})
    execute_process(COMMAND ${file} --version
        OUTPUT_VARIABLE version COMMAND_ERROR_IS_FATAL ANY)
    if(NOT version MATCHES "${VERSION}")
        message(SEND_ERROR "livetemplate-${program} says: ${version}")
    endif()
    execute_process(COMMAND readelf --dynamic ${file}
        OUTPUT_VARIABLE dynamic COMMAND_ERROR_IS_FATAL ANY)
    if(dynamic MATCHES "RUNPATH|RPATH")
        message(SEND_ERROR "livetemplate-${program} has a path to libraries: ${dynamic}")
    endif()
endforeach()
