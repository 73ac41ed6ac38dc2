"""`python -m bench`: measure everything, in a database of its own that is thrown away afterwards."""

import argparse
import os
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.core.management import call_command
from django.test import override_settings


def main() -> None:
    """Make the database, fill it, and run the measurements in turn."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how often each deed is done; the median counts")
    runs = parser.parse_args().runs
    with TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elverum.settings")
        django.setup()
        with override_settings(DEBUG=False, ALLOWED_HOSTS=["testserver"]):
            call_command("migrate", verbosity=0)
            # The models can be imported only now, when Django knows its database.
            import_module("bench.measurements").run(runs=runs)


main()
