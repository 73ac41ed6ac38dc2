"""The list of indicators: who sees what, what narrows it, its order, its pages, and how little it asks the database."""

import datetime
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.db import connection
from django.urls import reverse

from organisation import periods
from organisation.models import Period, ServiceArea, Unit, User
from organisation.versions import create
from publishing.models import Document  # placeholder
