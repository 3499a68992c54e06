# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# The browser client, fetched from the npm registry in the version and with the checksums of the
# lock file, or taken from LIVETEMPLATE_CLIENT_PACKAGE. Offers:
#   LIVETEMPLATE_CLIENT_DIR          the folder of its files
#   LIVETEMPLATE_CLIENT_FILES        the files to embed
#   LIVETEMPLATE_CLIENT_INCLUDE_DIR  where clientversion_p.h is

include_guard()

set(client_root ${PROJECT_BINARY_DIR}/npm)
set(client_lock ${PROJECT_SOURCE_DIR}/resources/package-lock.json)
set(client_package ${client_root}/node_modules/@livetemplate/client)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${client_lock} ${PROJECT_SOURCE_DIR}/resources/package.json)

file(SHA256 ${client_lock} client_lock_hash)
set(client_stamp ${client_root}/${client_lock_hash})
if(LIVETEMPLATE_CLIENT_PACKAGE)
    set(client_package ${LIVETEMPLATE_CLIENT_PACKAGE})
elseif(NOT EXISTS ${client_stamp})
    find_program(NPM_EXECUTABLE npm REQUIRED)
    message(STATUS "Fetching the browser client")
    file(REMOVE_RECURSE ${client_root})
    file(COPY ${PROJECT_SOURCE_DIR}/resources/package.json ${client_lock} DESTINATION ${client_root})
    execute_process(
        COMMAND ${NPM_EXECUTABLE} ci --ignore-scripts --no-audit --no-fund
        WORKING_DIRECTORY ${client_root}
        RESULT_VARIABLE result
        OUTPUT_VARIABLE output
        ERROR_VARIABLE output
    )
    if(NOT result EQUAL 0)
        message(FATAL_ERROR
            "npm could not fetch the browser client. Is the npm registry reachable?\n${output}")
    endif()
    file(TOUCH ${client_stamp})
endif()

file(READ ${client_package}/package.json client_package_json)
string(JSON LIVETEMPLATE_CLIENT_VERSION GET ${client_package_json} version)
file(READ ${client_lock} client_lock_json)
string(JSON client_locked_version GET ${client_lock_json}
    packages "node_modules/@livetemplate/client" version)
if(NOT LIVETEMPLATE_CLIENT_VERSION STREQUAL client_locked_version)
    message(FATAL_ERROR "The browser client in ${client_package} has version "
        "${LIVETEMPLATE_CLIENT_VERSION}; ${client_locked_version} is needed")
endif()

set(LIVETEMPLATE_CLIENT_INCLUDE_DIR ${PROJECT_BINARY_DIR}/generated)
file(CONFIGURE OUTPUT ${LIVETEMPLATE_CLIENT_INCLUDE_DIR}/clientversion_p.h CONTENT
"#pragma once

#define LIVETEMPLATE_CLIENT_VERSION \"${LIVETEMPLATE_CLIENT_VERSION}\"
")

file(MAKE_DIRECTORY ${client_root})
# Without the source map that the script names: it is a megabyte, and 404 for it is harmless.
file(COPY_FILE ${client_package}/dist/livetemplate-client.browser.js
    ${client_root}/livetemplate-client.browser.js ONLY_IF_DIFFERENT)
file(COPY_FILE ${client_package}/livetemplate.css ${client_root}/livetemplate.css ONLY_IF_DIFFERENT)
set(LIVETEMPLATE_CLIENT_DIR ${client_root})
set(LIVETEMPLATE_CLIENT_FILES
    ${client_root}/livetemplate-client.browser.js
    ${client_root}/livetemplate.css
)
