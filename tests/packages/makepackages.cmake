# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# Makes the packages of what is built in BUILD, in the folder WORK.

cmake_minimum_required(VERSION 3.30)

file(GLOB old ${WORK}/*.deb)
if(old)
    file(REMOVE ${old})
endif()
execute_process(COMMAND ${CPACK} --config ${BUILD}/CPackConfig.cmake -B ${WORK}
    WORKING_DIRECTORY ${BUILD} COMMAND_ERROR_IS_FATAL ANY)
# What they were made of takes ten times their room.
file(REMOVE_RECURSE ${WORK}/_CPack_Packages)
