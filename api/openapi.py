# SPDX-FileCopyrightText: Nest authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the JSON of openapi.yaml: python3 openapi.py openapi.yaml openapi.json

A key that stands twice is an error, as is one without a value (mostly a comma in a text without quotes), and a
$ref that leads nowhere: YAML takes them as they are, and the reader of the document would find out.
"""
import json
import os
import sys

import yaml


class StrictLoader(yaml.SafeLoader):
    def construct_mapping(self, node, deep=False):
        seen = set()
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} is no text", key_node.start_mark)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key} stands twice", key_node.start_mark)
            if value_node.tag == "tag:yaml.org,2002:null":
                raise yaml.constructor.ConstructorError(None, None, f"the key {key} has no value", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


# A time stays the text that it is.
StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def check_references(value, document):
    if isinstance(value, dict):
        reference = value.get("$ref")
        if isinstance(reference, str):
            at = document
            for part in reference.removeprefix("#/").split("/"):
                if not isinstance(at, dict) or part not in at:
                    sys.exit(f"openapi.yaml: nothing is at {reference}")
                at = at[part]
        for item in value.values():
            check_references(item, document)
    elif isinstance(value, list):
        for item in value:
            check_references(item, document)


def main(source, target):
    with open(source, encoding="utf-8") as file:
        try:
            document = yaml.load(file, StrictLoader)
        except yaml.YAMLError as error:
            sys.exit(f"{source}: {error}")
    check_references(document, document)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target + ".new", "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")
    os.replace(target + ".new", target)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
