"""Adds the files outside docs/ that pages link to to the site: pages of the project, and files of the repository."""

import posixpath
import re
from pathlib import Path

from mkdocs.structure.files import File
from mkdocs.structure.nav import Link

ROOT = Path(__file__).resolve().parents[2]
API = ROOT / "target" / "api"
PAGES = ["CHANGES.md", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md"]
LINK = re.compile(r"\]\(([^)#\s]+)((?:#[^)\s]*)?)\)")


def place(path):
    """Returns the path in the site of a file of the repository."""
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    if path in PAGES:
        return path
    return "files/" + path + (".txt" if path.endswith(".md") else "")


def repository_path(target, page):
    """Returns the file of the repository to which a link of a page leads, or None for an address."""
    if ":" in target:
        return None
    folder = posixpath.dirname(page if page in PAGES else "docs/" + page)
    return posixpath.normpath(posixpath.join(folder, target))


def rewrite(markdown, page):
    def link(match):
        path = repository_path(match[1], page)
        if path is None:
            return match[0]
        return f"]({posixpath.relpath(place(path), posixpath.dirname(page) or '.')}{match[2]})"

    return LINK.sub(link, markdown)


def on_files(files, config):
    for name in PAGES:
        files.append(File.generated(config, name, abs_src_path=str(ROOT / name)))
    linked = set()
    for file in files.documentation_pages():
        text = Path(file.abs_src_path).read_text()
        linked |= {repository_path(match[1], file.src_uri) for match in LINK.finditer(text)}
    for path in sorted(linked - {None}):
        outside = not path.startswith("docs/") and path not in PAGES
        if outside and (ROOT / path).is_file():
            files.append(File.generated(config, place(path), content=(ROOT / path).read_bytes()))
    return files


def on_page_markdown(markdown, page, config, files):
    return rewrite(markdown, page.file.src_uri)


def on_nav(nav, config, files):
    if (API / "index.html").exists():
        nav.items.append(Link("Java API", "api/index.html"))
    return nav
