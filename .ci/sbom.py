"""Write the bill of materials that goes with each wheel, from the lock files; or check it.

    python .ci/sbom.py [--check]

What `requirements/core.lock` names is required, the rest of `requirements/all.lock` is optional:
extras, tests and tools. The hashes of what is installed stand in the lock, whose own hash is told.
The same locks give the same bytes. Source: CycloneDX 1.6, PEP 770.
"""

import json
import re
import sys
import tomllib
import uuid
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "requirements"
BILL = LOCKS / "legation.cdx.json"
PACKAGE = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\\n]*?))? \\\n"
    r"(?:    --hash=.*\n)+(?P<via>(?:    #.*\n)*)",
    re.MULTILINE,
)
REMARK = (
    "Nobody has audited these components: they are pinned by hash, and were not compared with any "
    "list of known holes."
)


def bill() -> str:
    """The bill as CycloneDX JSON."""
    lock = (LOCKS / "all.lock").read_text("utf-8")
    core = {found["name"] for found in PACKAGE.finditer((LOCKS / "core.lock").read_text("utf-8"))}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = list(PACKAGE.finditer(lock))
    references = {one["name"]: f"pkg:pypi/{one['name']}@{one['version']}" for one in found}
    this = f"pkg:pypi/{project['name']}@{project['version']}"
    needed: dict[str, set[str]] = {ref: set() for ref in [this, *references.values()]}
    for one in found:
        for parent in re.findall(r"^    # +(?:via )?([\w.-]+)(?: \(|$)", one["via"], re.MULTILINE):
            if parent in references or parent == project["name"]:
                needed[references.get(parent, this)].add(references[one["name"]])
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "library",
                "bom-ref": this,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"expression": project["license"]}],
                "purl": this,
            },
            "properties": [
                {"name": "legation:audit", "value": REMARK},
                {"name": "legation:lock-sha256", "value": sha256(lock.encode()).hexdigest()},
            ],
        },
        "components": [
            {
                "type": "library",
                "bom-ref": references[one["name"]],
                "name": one["name"],
                "version": one["version"],
                "scope": "required" if one["name"] in core else "optional",
                "purl": references[one["name"]],
                "properties": [{"name": "legation:marker", "value": one["marker"] or "always"}],
            }
            for one in found
        ],
        "dependencies": [{"ref": ref, "dependsOn": sorted(needs)} for ref, needs in needed.items()],
    }
    return json.dumps(whole, indent=1) + "\n"


def main() -> int:
    """Write the bill, or say that it differs."""
    if BILL.is_file() and BILL.read_text("utf-8") == bill():
        return 0
    if "--check" in sys.argv[1:]:
        sys.stdout.write(f"{BILL.relative_to(ROOT)} differs from the locks: run make lock\n")
        return 1
    BILL.write_text(bill(), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
