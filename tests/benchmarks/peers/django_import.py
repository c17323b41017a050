"""django-import-export in bulk: ``python -m tests.benchmarks.peers.django_import FILE URL ROWS``.

Nothing is validated; the e-mail is the key. In bulk it fails at an e-mail that comes twice within a
batch, so it is spared these rows.
"""

import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import django
from django.conf import settings
from django.db import connection, models
from import_export import resources
from tablib import Dataset

from tests.benchmarks.peers.report import read_people, report

FIELDS = {"name": "Full Name", "email": "Email", "phone": "Phone", "source": "Lead Source"}


def main() -> None:
    """Import a file's first rows, and report."""
    file, url, rows = Path(sys.argv[1]), urlsplit(sys.argv[2]), int(sys.argv[3])
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.strip("/"),
        "USER": url.username,
        "HOST": parse_qs(url.query)["host"][0],
    }
    settings.configure(
        DATABASES={"default": database},
        INSTALLED_APPS=["import_export"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    resource = _make_resource()
    people = Dataset(headers=list(FIELDS))
    for row in {row["Email"]: row for row in read_people(file, rows)}.values():
        people.append([row[column] for column in FIELDS.values()])
    report(len(people), lambda: resource.import_data(people, raise_errors=True))


def _make_resource() -> resources.ModelResource:
    fields = {name: models.TextField(db_index=name == "email") for name in FIELDS}
    meta = type("Meta", (), {"app_label": "bench", "db_table": "django_people"})
    person = type("Person", (models.Model,), {**fields, "Meta": meta, "__module__": __name__})
    with connection.schema_editor() as editor:
        editor.create_model(person)
    options = {
        "model": person,
        "fields": tuple(FIELDS),
        "import_id_fields": ("email",),
        "use_bulk": True,
        "batch_size": 1_000,
        "skip_diff": True,
    }
    meta = type("Meta", (), options)
    return type("PersonResource", (resources.ModelResource,), {"Meta": meta})()


if __name__ == "__main__":
    main()
