"""Where Radar keeps its files on this platform."""

from __future__ import annotations

import os
from pathlib import Path


def database() -> Path:
    """The database file: `RADAR_DB` if set, else `radar.db` in the platform's data folder."""
    if named := os.environ.get("RADAR_DB"):
        return Path(named).expanduser()
    return _data_folder() / "radar.db"


def demo_database() -> Path:
    """Where `radar demo` puts its fresh copy of the sample."""
    return _data_folder() / "demo.db"


def user_checklists() -> Path:
    """The folder in which a user's own checklists are looked for."""
    return _config_folder() / "checklists"


def user_headings() -> Path:
    """The file in which a user names the headings of their own exports."""
    return _config_folder() / "imports.toml"


def backups(database: Path) -> Path:
    """The folder of backups of one database, beside it."""
    real = database.resolve()
    return real.with_name(real.name + ".backups")


def documents() -> Path:
    """The folder that is proposed for what leaves Radar: Documents, or the home folder where there is none."""
    import platformdirs

    folder = platformdirs.user_documents_path()
    return folder if folder.is_dir() else Path.home()


def free(path: Path) -> Path:
    """`path`, or the same with a number where there is a file of that name already."""
    found, number = path, 2
    while found.exists():
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return found


def sample() -> Path:
    """The sample territory: inside an installed wheel, or at the top of a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "sample.db"
    return inside if inside.exists() else package.parent / "sample.db"


def _config_folder() -> Path:
    import platformdirs

    return platformdirs.user_config_path("radar", appauthor=False)


def _data_folder() -> Path:
    import platformdirs

    return platformdirs.user_data_path("radar", appauthor=False)
