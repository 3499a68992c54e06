# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# Installs the library to PREFIX from LIVETEMPLATE_BUILD, anew.

cmake_minimum_required(VERSION 3.30)

file(REMOVE_RECURSE ${PREFIX})
foreach(component IN ITEMS Library Development)
    execute_process(COMMAND ${CMAKE_COMMAND} --install ${LIVETEMPLATE_BUILD} --prefix ${PREFIX}
        --component ${component} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
