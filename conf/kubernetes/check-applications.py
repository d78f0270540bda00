"""Checks the SparkApplications beside this file by the operators' own definitions; fields that these do not know are errors.

Use: python check-applications.py KUBEFLOW_CRD APACHE_CRD   (needs jsonschema and ruamel.yaml)
"""

import sys
from pathlib import Path

from jsonschema import Draft4Validator
from ruamel.yaml import YAML

HERE = Path(__file__).parent


def read(path):
    return YAML(typ="safe").load(Path(path))


def closed(schema):
    """Returns the schema, which then rejects fields that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {key: closed(value) for key, value in schema.items()}
    if isinstance(parts.get("properties"), dict) and "additionalProperties" not in parts and parts.get("type") == "object":
        parts["additionalProperties"] = False
    return parts


def problems(application, definition):
    """Returns the problems of an application, one per line."""
    given, defined = read(application), read(definition)["spec"]
    group, _, version = given["apiVersion"].partition("/")
    if (group, given["kind"]) != (defined["group"], defined["names"]["kind"]):
        return [f"{application} is not of {defined['group']}"]
    schemas = [known["schema"]["openAPIV3Schema"] for known in defined["versions"] if known["name"] == version]
    if not schemas:
        return [f"{application}: there is no version {version}"]
    spec = closed(schemas[0]["properties"]["spec"])
    return [f"{application}: {error.json_path}: {error.message}" for error in Draft4Validator(spec).iter_errors(given["spec"])]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    found = problems(HERE / "kubeflow-spark-application.yaml", sys.argv[1])
    found += problems(HERE / "apache-spark-application.yaml", sys.argv[2])
    sys.exit("\n".join(found) or 0)
