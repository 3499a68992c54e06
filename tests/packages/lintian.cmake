# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# Debian's checker finds nothing in the packages in WORK. What it is wrong about is in the files
# packaging/*.lintian-overrides, each with the reason.

cmake_minimum_required(VERSION 3.30)

file(GLOB packages ${WORK}/*.deb)
if(NOT packages)
    message(FATAL_ERROR "There is no package in ${WORK}")
endif()
# It complains about being root, and about a locale that it does not know.
execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C.UTF-8
        lintian --allow-root --fail-on error,warning --tag-display-limit 0 ${packages}
    RESULT_VARIABLE result)
if(result)
    message(FATAL_ERROR "lintian has found something")
endif()
