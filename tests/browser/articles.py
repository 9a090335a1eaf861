"""The seed articles as web pages, with everything around them that a real site has."""

from html import escape
from itertools import groupby
from pathlib import Path

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))

PAGE = """<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>SECRET-TITLE {title}</title>
  <style>
    body {{ max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 17px/1.6 Georgia, serif; color: #222; }}
    header, aside, footer {{ font-family: sans-serif; font-size: 14px; color: #555; }}
  </style>
</head>
<body>
  <header><b>Sleep Journal</b><nav><a href="/">NAV-WORDS Home</a> <a href="/shop">Shop</a></nav></header>
  <article>
{article}
  </article>
  <aside><h2>From our readers</h2><p>Three of four readers sleep better since they read us.</p></aside>
  <form><input value="TYPED-INPUT 400 mg of kratom"><textarea>TYPED-TEXTAREA 400 mg of kratom</textarea></form>
  <footer>All rights reserved.</footer>
</body>
</html>
"""


def article_page(text: str) -> str:
    """Short lines become headings, "- " lines a list, the rest paragraphs."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    html = []
    for is_list, group in groupby(lines, key=lambda line: line.startswith("- ")):
        if is_list:
            items = "\n".join(f"      <li>{escape(line[2:])}</li>" for line in group)
            html.append(f"    <ul>\n{items}\n    </ul>")
        else:
            html.extend(_heading_or_paragraph(line, first=not html) for line in group)
    return PAGE.format(title=escape(lines[0][:60]), article="\n".join(html))


def _heading_or_paragraph(line: str, *, first: bool) -> str:
    tag = "p" if len(line) > 120 or line.endswith(".") else "h1" if first else "h2"
    return f"    <{tag}>{escape(line)}</{tag}>"
