"""Everything that can be reached without logging in, read down to the text inside its files."""

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

import pypdf
from django.conf import settings
from django.test import Client

ATTRIBUTE = re.compile(r'(?:href|src|action|hx-get|data-[a-z-]+)="([^"#]*)')
ELEMENT = re.compile(r"<(?:loc|id|uri)>([^<#]*)")
IN_JSON = re.compile(r'"((?:/|https?://)[^"#\s]*)"')
STARTS = (
    "/",
    "/finnes-ikke/",
    "/publikasjoner/hemmelig/",
    "/sitemap.xml",
    "/robots.txt",
    "/publikasjoner.atom",
    "/api/v1/openapi.json",
)
MOST_QUESTIONS = 12
"""How many different questions (`?…`) are put to one address: filters and pages multiply without end."""


class Found(NamedTuple):
    """An answer: its address, its status, and all the text in it."""

    address: str
    status: int
    text: str


def crawl(client: Client, *more: str) -> Iterator[Found]:
    """Every address that is linked to from what the public can reach, and these besides."""
    waiting, seen, asked = [*STARTS, *more], set(), Counter[str]()
    while waiting:
        address = waiting.pop()
        path, _mark, question = address.partition("?")
        asked[path] += bool(question)
        is_elsewhere = not path.startswith("/") or path.startswith(("/static/", "/arbeid/", "/admin/"))
        if address in seen or is_elsewhere or (question and asked[path] > MOST_QUESTIONS):
            continue
        seen.add(address)
        answer = client.get(address)
        content = answer.getvalue() if answer.streaming else answer.content
        text = "\n".join(texts_in(content))
        yield Found(address, answer.status_code, text)
        waiting += links_in(text, answer.headers.get("Content-Type", ""))
        if location := answer.headers.get("Location"):
            waiting.append(location)


def texts_in(content: bytes) -> Iterator[str]:
    """The text of a page or file; of every file in an archive or a workbook; of every page of a PDF."""
    if content.startswith(b"%PDF"):
        yield from (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    elif zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts_in(archive.read(name))
    else:
        yield content.decode("utf-8", errors="replace")


def links_in(text: str, media_type: str) -> list[str]:
    """The site's own addresses that a page, a feed, a site map or JSON leads to."""
    if media_type.startswith("text/html"):
        found = ATTRIBUTE.findall(text)
    elif "xml" in media_type:
        found = [*ATTRIBUTE.findall(text), *ELEMENT.findall(text)]
    elif media_type.startswith("application/json"):
        found = IN_JSON.findall(json.dumps(json.loads(text), ensure_ascii=False))
    else:
        return []
    own = urlsplit(settings.SITE_URL).netloc
    parts = [urlsplit(unescape(address)) for address in found]
    ours = (part for part in parts if part.netloc in ("", own, "testserver") and part.path.startswith("/"))
    return [f"{part.path}?{part.query}" if part.query else part.path for part in ours if "{" not in part.path]
