# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

# Checks that the alert rules speak of metrics that the servers have, and that each rule is tested.
# Needs RULES and TESTS, the files, and SOURCES, the folder where metrics are named.

cmake_minimum_required(VERSION 3.30)

# Those of redis_exporter, and Prometheus' own.
set(names_of_others
    redis_connected_clients redis_config_maxclients redis_memory_used_bytes redis_memory_max_bytes
    up
)
set(words_of_the_language and on increase rate job instance quantile reason)

file(GLOB_RECURSE files ${SOURCES}/*.cpp)
set(sources "")
foreach(file IN LISTS files)
    file(READ ${file} text)
    string(APPEND sources "${text}")
endforeach()
file(READ ${RULES} rules)
file(READ ${TESTS} tests)
# It would divide what is found.
string(REPLACE ";" "," rules "${rules}")

function(check_name name where)
    if(name IN_LIST names_of_others)
        return()
    endif()
    # A summary has a sum and a count as well.
    string(REGEX REPLACE "_(sum|count)$" "" family ${name})
    string(FIND "${sources}" "\"${family}\"" place)
    if(place EQUAL -1)
        message(SEND_ERROR "${where} speaks of ${name}, which no server has")
    endif()
endfunction()

string(REGEX MATCHALL "\n        expr: [^\n]+" expressions "${rules}")
set(checked 0)
foreach(expression IN LISTS expressions)
    string(REGEX REPLACE "^\n        expr: " "" expression "${expression}")
    # Without label values, durations and numbers.
    string(REGEX REPLACE "\"[^\"]*\"|\\[[^]]*\\]|[0-9.]+(e[0-9]+)?" " " bare "${expression}")
    string(REGEX MATCHALL "[a-zA-Z_]+" words "${bare}")
    foreach(word IN LISTS words)
        if(NOT word IN_LIST words_of_the_language)
            check_name(${word} "the rule ${expression}")
            math(EXPR checked "${checked} + 1")
        endif()
    endforeach()
endforeach()

# What the texts tell people to look at must be there, too.
string(REGEX MATCHALL "livetemplate_[a-z_]+" mentioned "${rules}")
list(REMOVE_DUPLICATES mentioned)
foreach(name IN LISTS mentioned)
    check_name(${name} "a text of the rules")
endforeach()

string(REGEX MATCHALL "- alert: [A-Za-z]+" alerts "${rules}")
list(TRANSFORM alerts REPLACE "- alert: " "")
foreach(alert IN LISTS alerts)
    string(FIND "${tests}" "alertname=\"${alert}\"" place)
    if(place EQUAL -1)
        message(SEND_ERROR "the alert ${alert} has no test")
    endif()
endforeach()

list(LENGTH alerts count)
foreach(part severity summary description action)
    string(REGEX MATCHALL "\n          ${part}: [^\n]+" parts "${rules}")
    list(LENGTH parts length)
    if(NOT length EQUAL count)
        message(SEND_ERROR "${count} alerts have ${length} times \"${part}\"")
    endif()
endforeach()

list(LENGTH expressions length)
if(NOT length EQUAL count OR count LESS 10 OR checked LESS count)
    message(FATAL_ERROR "${count} alerts with ${length} expressions and ${checked} names were "
        "found: the check looks in the wrong place")
endif()
message(STATUS "${count} alerts with ${checked} names of metrics are well")
