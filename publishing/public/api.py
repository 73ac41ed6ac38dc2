"""The read-only API over publications, indicators and observations, described in OpenAPI."""

from ninja import NinjaAPI

api = NinjaAPI(title="Planer og rapporter", version="1", urls_namespace="api", docs_url=None)
