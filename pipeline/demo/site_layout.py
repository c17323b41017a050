"""The look of the sample site: one frame around every page, and its style sheet."""

from html import escape

GUILD = "Wrenmouth Harbour Trade Guild"
GUILD_DOMAIN = "wrenmouth-guild.example.org"

MENU = (
    ("/", "Home"),
    ("/members/", "Members"),
    ("/team/office/", "People"),
    ("/news/", "News"),
    ("/about/", "About"),
    ("/contact/", "Contact"),
)
FOOTER = (
    ("/imprint/", "Imprint"),
    ("/privacy/", "Privacy"),
    ("/archive/founders.html", "Our founders"),
    ("/tides/", "Tide table"),
    ("/harbour-office/", "Harbour office"),
    ("/private/minutes.html", "Minutes (members only)"),
)


def render_page(title: str, main: str, *, head: str = "", charset: str = "utf-8") -> str:
    """Put a page's main part, which is HTML already, into the site's frame."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="{charset}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} · {GUILD}</title>
<meta property="og:site_name" content="{GUILD}">
<link rel="stylesheet" href="/style.css">
{head}
</head>
<body>
<header class="top"><div class="wide">
<a class="brand" href="/">{LOGO}<span>Wrenmouth Harbour<br><b>Trade Guild</b></span></a>
<nav>{_links(MENU)}</nav>
</div></header>
<main class="wide">
{main}
</main>
<footer><div class="wide"><p>{_links(FOOTER)}</p>
<p>An invented guild in an invented harbour. All people, firms, numbers and addresses are made up.
</p></div></footer>
</body>
</html>
"""


def render_card(link: str, title: str, text: str) -> str:
    """Give a tile that leads somewhere."""
    return f'<a class="card" href="{link}"><h3>{escape(title)}</h3><p>{escape(text)}</p></a>'


def _links(pairs: tuple[tuple[str, str], ...]) -> str:
    return " ".join(f'<a href="{path}">{escape(label)}</a>' for path, label in pairs)


LOGO = (
    '<svg viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" fill="none" '
    'stroke="currentColor" stroke-width="2.5" stroke-linecap="round"><circle cx="20" cy="8" r="4"/>'
    '<path d="M20 12v22M12 18h16M6 24c1 7 7 11 14 11s13-4 14-11"/></svg>'
)

STYLE = """
:root { --navy: #12304a; --sea: #1f7a8c; --sand: #f6f1e7; --ink: #22303a; --line: #dcd3c1 }
* { box-sizing: border-box }
body { margin: 0; background: var(--sand); color: var(--ink);
  font: 16px/1.6 Georgia, "Times New Roman", serif }
.wide { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem }
.top { background: var(--navy); color: #fff; border-bottom: 4px solid var(--sea) }
.top .wide { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center;
  justify-content: space-between; padding-block: 1rem }
.top a { color: inherit; text-decoration: none }
.brand { display: flex; gap: .75rem; align-items: center; line-height: 1.2 }
nav a { margin-left: 1.1rem; opacity: .9 }
nav a:hover { text-decoration: underline }
main { padding-block: 2rem 3rem !important; min-height: 60vh }
h1 { color: var(--navy); font-size: 2rem; line-height: 1.2; margin: .5rem 0 1rem }
a { color: var(--sea) }
.hero { background: linear-gradient(160deg, #1f7a8c, #12304a); color: #fff; padding: 2.5rem;
  border-radius: 12px; margin-bottom: 2rem }
.hero h1, .hero a { color: #fff }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem }
.card, .panel { display: block; background: #fff; border: 1px solid var(--line);
  border-radius: 10px; padding: 1rem 1.25rem; color: inherit; text-decoration: none }
.card:hover { border-color: var(--sea); box-shadow: 0 2px 10px #12304a22 }
.card h3, .panel h3 { margin: 0 0 .3rem; color: var(--navy) }
.card p { margin: 0; color: #56646e }
.pager { display: flex; gap: .5rem; margin-top: 1.5rem }
.pager a { padding: .2rem .8rem; border: 1px solid var(--line); border-radius: 6px;
  background: #fff; text-decoration: none }
.pager a[aria-current] { background: var(--sea); color: #fff }
.role { color: #6b7780; font-style: italic }
table { border-collapse: collapse; background: #fff }
th, td { text-align: left; padding: .4rem 1rem; border: 1px solid var(--line) }
footer { background: #e9e1d1; padding: 1rem 0; font-size: .85rem }
footer a { margin-right: 1rem }
"""
