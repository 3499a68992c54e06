# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# Fetches the browser client from the npm registry, in the version and with the checksums of the
# lock file, and offers:
#   LIVETEMPLATE_CLIENT_DIR          the folder of its files
#   LIVETEMPLATE_CLIENT_FILES        the files to embed
#   LIVETEMPLATE_CLIENT_INCLUDE_DIR  where clientversion_p.h is

include_guard()

find_program(NPM_EXECUTABLE npm REQUIRED)

set(client_root ${PROJECT_BINARY_DIR}/npm)
set(client_lock ${PROJECT_SOURCE_DIR}/resources/package-lock.json)
set(client_package ${client_root}/node_modules/@livetemplate/client)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${client_lock} ${PROJECT_SOURCE_DIR}/resources/package.json)

file(SHA256 ${client_lock} client_lock_hash)
set(client_stamp ${client_root}/${client_lock_hash})
if(NOT EXISTS ${client_stamp})
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

set(LIVETEMPLATE_CLIENT_INCLUDE_DIR ${PROJECT_BINARY_DIR}/generated)
file(CONFIGURE OUTPUT ${LIVETEMPLATE_CLIENT_INCLUDE_DIR}/clientversion_p.h CONTENT
"#pragma once

#define LIVETEMPLATE_CLIENT_VERSION \"${LIVETEMPLATE_CLIENT_VERSION}\"
")

# Without the source map that the script names: it is a megabyte, and 404 for it is harmless.
file(COPY_FILE ${client_package}/dist/livetemplate-client.browser.js
    ${client_root}/livetemplate-client.browser.js ONLY_IF_DIFFERENT)
file(COPY_FILE ${client_package}/livetemplate.css ${client_root}/livetemplate.css ONLY_IF_DIFFERENT)
set(LIVETEMPLATE_CLIENT_DIR ${client_root})
set(LIVETEMPLATE_CLIENT_FILES
    ${client_root}/livetemplate-client.browser.js
    ${client_root}/livetemplate.css
)
