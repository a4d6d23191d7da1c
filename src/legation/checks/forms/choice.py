"""The forms a report can take, by name; importing them costs nothing."""

from enum import StrEnum


class Format(StrEnum):
    """How the findings of a check are written; ``html`` is the page of `legation.desk.review`."""

    text = "text"
    json = "json"
    sarif = "sarif"
    junit = "junit"
    github = "github"
    html = "html"
