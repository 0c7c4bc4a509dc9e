# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
# openapi.yaml is written by people; /v1/openapi.json serves the JSON that is made of it here.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(nest_openapi_json ${CMAKE_BINARY_DIR}/share/nest/openapi.json)
add_custom_command(
    OUTPUT ${nest_openapi_json}
    COMMAND Python3::Interpreter ${CMAKE_CURRENT_LIST_DIR}/openapi.py ${CMAKE_CURRENT_LIST_DIR}/openapi.yaml
        ${nest_openapi_json}
    DEPENDS ${CMAKE_CURRENT_LIST_DIR}/openapi.py ${CMAKE_CURRENT_LIST_DIR}/openapi.yaml
    COMMENT "Making openapi.json of openapi.yaml"
    VERBATIM)
add_custom_target(nest_openapi ALL DEPENDS ${nest_openapi_json})
