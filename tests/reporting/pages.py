"""A page as a person without JavaScript meets it, and its form as it would be sent."""

import datetime
from html.parser import HTMLParser
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone


class Page(HTMLParser):
    """What a person without JavaScript meets: the links that look like buttons, and a form as it would be sent."""

    def __init__(self, response: Any) -> None:
        super().__init__()
        self.buttons: list[str] = []
        self.sent: dict[str, list[str]] = {}
        self._select = self._area = ""
        self.feed(response.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {key: value or "" for key, value in attrs}
        if tag == "a" and facts.get("class") == "ds-button" and "data-variant" not in facts:
            self.buttons.append(facts["href"])
        elif tag == "select":
            self._select = facts["name"]
        elif tag == "option" and "selected" in facts:
            self.sent.setdefault(self._select, []).append(facts["value"])
        elif tag == "textarea":
            self._area = facts["name"]
        elif tag == "input" and "name" in facts and (facts.get("type") != "checkbox" or "checked" in facts):
            self.sent.setdefault(facts["name"], []).append(facts.get("value", "on"))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[self._area] = [data.strip()]

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area


def messages_of(response: Any) -> list[str]:
    """What was said, without the time of day."""
    return [str(message).rsplit(" ", 1)[0] for message in get_messages(response.wsgi_request)]


def form_of(client: Client, url: str, **changes: Any) -> dict[str, Any]:
    """The page's form as it stands, with some fields changed; None takes a field away."""
    sent = Page(client.get(url)).sent | changes
    return {name: value for name, value in sent.items() if value is not None}


def in_days(number: int) -> str:
    return f"{timezone.localdate() + datetime.timedelta(days=number)}"
