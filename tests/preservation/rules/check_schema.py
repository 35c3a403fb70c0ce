#!/usr/bin/env python3
"""Our rule files against schemas/rules/rules.schema.json, and files that it must refuse.

Usage: check_schema.py ROOT
"""
import copy
import json
import pathlib
import sys

import jsonschema

RULES = pathlib.Path(sys.argv[1]) / "schemas/rules"


def load(name):
    return json.loads((RULES / name).read_text("utf-8"))


def bad_copies(rules):
    """Each with one thing off."""
    def changed(change):
        copied = copy.deepcopy(rules)
        change(copied, copied["rules"][0])
        return copied
    return {
        "unknown key": changed(lambda file, rule: rule.update(remark="x")),
        "unknown operator": changed(lambda file, rule: rule.update(require={"op": "regex"})),
        "missing parameter": changed(lambda file, rule: rule.update(require={"op": "doc"})),
        "number out of range": changed(lambda file, rule: rule.update(review_points=-1)),
        "unknown severity": changed(lambda file, rule: rule.update(severity="fatal")),
        "two triggers": changed(lambda file, rule: rule["trigger"].update(always=True)),
        "list without _in": changed(lambda file, rule: rule.update(trigger={"case": {"a": ["b"]}})),
        "empty quote": changed(lambda file, rule: rule.update(source_text="")),
        "no version": changed(lambda file, rule: file.pop("version")),
    }


def main():
    schema = load("rules.schema.json")
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    faults = []
    for name in ("seed.json", "national.json"):
        for error in validator.iter_errors(load(name)):
            faults.append(f"{name}: {list(error.path)}: {error.message[:200]}")
    for name, rules in bad_copies(load("seed.json")).items():
        if validator.is_valid(rules):
            faults.append(f"taken, and must not be: {name}")
    print("\n".join(faults) or "the rule files keep their schema")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
