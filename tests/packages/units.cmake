# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# systemd finds nothing wrong with the units of the server's package, and the service is what
# docs/operating.md promises. WORK has the packages.

cmake_minimum_required(VERSION 3.30)

set(root ${WORK}/units)
file(REMOVE_RECURSE ${root})
file(GLOB package ${WORK}/livetemplate-server_*.deb)
execute_process(COMMAND dpkg-deb -x ${package} ${root} COMMAND_ERROR_IS_FATAL ANY)
set(units ${root}/usr/lib/systemd/system)

foreach(promise IN ITEMS
        "Type=notify" "ExecStartPre=/usr/bin/livetemplate-server --check-config"
        "ExecStart=/usr/bin/livetemplate-server" "EnvironmentFile=-/etc/livetemplate/server.conf"
        "DynamicUser=yes" "LimitNOFILE=65536" "NoNewPrivileges=yes" "ProtectSystem=strict")
    file(STRINGS ${units}/livetemplate-server.service found REGEX "^${promise}$")
    if(NOT found)
        message(SEND_ERROR "The service has no ${promise}")
    endif()
endforeach()
if(NOT EXISTS ${root}/etc/livetemplate/server.conf)
    message(SEND_ERROR "The service's configuration is not in the package")
endif()

# The units that ours name are the system's own.
foreach(folder IN ITEMS /usr/lib/systemd/system /lib/systemd/system)
    if(EXISTS ${folder}/sysinit.target)
        file(COPY ${folder}/ DESTINATION ${units} PATTERN "livetemplate-*" EXCLUDE)
        break()
    endif()
endforeach()
foreach(unit IN ITEMS livetemplate-server.service livetemplate-server.socket)
    execute_process(COMMAND systemd-analyze verify --root=${root} --man=no ${unit}
        RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    # About units of the system there is nothing that we could do.
    string(REGEX MATCHALL "[^\n]*livetemplate[^\n]*" ours "${output}")
    if(result OR ours)
        message(SEND_ERROR "${unit}: ${output}")
    endif()
endforeach()
