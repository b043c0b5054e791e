"""The wheel holds all it needs: installed outside the checkout it estimates, reports and checks itself."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("assumptions", "cases", "reports", "templates")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def run(site: Path, code: str) -> str:
    program = f"import sys; sys.path.insert(0, {str(site)!r})\n{code}"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=site.parent,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_the_data_travels_in_the_package(site: Path) -> None:
    code = "from calculator.paths import data_folder\n" + "\n".join(
        f"print(data_folder({name!r}))" for name in FOLDERS
    )
    assert run(site, code).split() == [str(site / "calculator" / "_data" / name) for name in FOLDERS]


def test_only_the_package_is_installed(site: Path) -> None:
    assert {path.name for path in site.iterdir() if not path.name.endswith(".dist-info")} == {"calculator"}


def test_it_works_outside_the_checkout(site: Path) -> None:
    scenario = ROOT / "examples" / "rural_sheriff.yaml"
    code = (
        "from calculator.cli import main\n"
        f"assert main(['report', 'brief', {str(scenario)!r}, '-o', 'brief.pdf']) == 0\n"
        "assert main(['editions', 'check']) == 0\n"
        "assert main(['backtest']) == 0\n"
        "from calculator.web.app import create_app\n"
        "page = create_app().test_client().get('/')\n"
        "print(page.status_code)\n"
    )
    assert run(site, code).split()[-1] == "200"
    assert (site.parent / "brief.pdf").read_bytes().startswith(b"%PDF-1.7")
