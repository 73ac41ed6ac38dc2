"""What differs between two versions of a document. Pure: it compares contents with contents."""

from dataclasses import dataclass

from publishing.structure import Contents


@dataclass(frozen=True)
class Comparison:
    """Every change from one version to another, and a summary in words."""

    summary: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.summary


def compare(old: Contents, new: Contents) -> Comparison:
    """The changes that make the new version of the old one."""
    raise NotImplementedError(old, new)
