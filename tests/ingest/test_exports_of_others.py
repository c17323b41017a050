"""Files as other systems export them, imported the real way: nothing lost, no label a value."""

from pipeline.database.engine import Database
from pipeline.settings import Settings
from tests.imports import find_leads, import_text

GOOGLE = (
    "First Name,Middle Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Organization Name\n"
    "Ann,May,Lee,* myContacts,Work,ann@acme-tools.com ::: ann@example.com,"
    "Work Fax,+1 415 555 2670,Mobile,+1 415 555 2671,Acme Tools\n"
    "Bob,,Ray,* myContacts,Home,bob@example.com,Mobile,+1 415 555 2672,Home,+1 415 555 2673,\n"
)
FACEBOOK = (
    "id\tcreated_time\tplatform\twhat_is_your_budget?\tfull_name\tphone_number\temail\n"
    "l:1\t2026-01-31\tig\t10k\tAnn Lee\tp:+14155552671\tann@acme-tools.com\n"
)
LINKEDIN = (
    'Notes:\n"Some addresses are missing, as members may hide them."\n\n'
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ann,Lee,https://www.linkedin.com/in/ann,ann@acme-tools.com,Acme,CEO,12 Mar 2024\n"
)


def test_contacts_of_google_keep_all_their_values(database: Database, settings: Settings) -> None:
    run = import_text(database, settings, GOOGLE)

    assert (run.created, run.rejected) == (2, 0)
    with database.read() as db:
        ann, bob = find_leads(db)
        assert (ann.name, ann.company) == ("Ann Lee", "Acme Tools")
        assert (ann.email, ann.other_emails) == ("ann@acme-tools.com", ["ann@example.com"])
        assert (ann.phone, ann.other_phones) == ("+14155552671", [])
        assert ann.custom == {
            "Middle Name": "May",
            "Labels": "* myContacts",
            "Phone 1 - Value": "+1 415 555 2670",
        }
        assert (bob.phone, bob.other_phones) == ("+14155552672", ["+14155552673"])


def test_a_lead_form_of_facebook_is_read(database: Database, settings: Settings) -> None:
    import_text(database, settings, FACEBOOK)

    with database.read() as db:
        (ann,) = find_leads(db)
        assert (ann.name, ann.email, ann.phone) == ("Ann Lee", "ann@acme-tools.com", "+14155552671")
        assert ann.custom["what_is_your_budget?"] == "10k"


def test_connections_of_linkedin_are_read_below_their_preamble(
    database: Database, settings: Settings
) -> None:
    import_text(database, settings, LINKEDIN)

    with database.read() as db:
        (ann,) = find_leads(db)
        assert (ann.name, ann.title, ann.company, ann.website) == ("Ann Lee", "CEO", "Acme", None)
        assert ann.custom["URL"] == "https://www.linkedin.com/in/ann"
