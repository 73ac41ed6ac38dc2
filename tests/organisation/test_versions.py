"""Saving without losing anybody's work."""

import pytest

from organisation.models import ServiceArea, TargetGroup, Unit, User
from organisation.versions import Conflict, create, remove, save_version


@pytest.fixture
def area(schools: Unit) -> ServiceArea:
    return ServiceArea.objects.create(
        municipality=schools.municipality, unit=schools, name="Skole", slug="skole", position=1
    )


@pytest.fixture
def group(area: ServiceArea, leader: User) -> TargetGroup:
    return create(TargetGroup(area=area, text="Elever", position=1), by=leader)


def _history(pk: int) -> list[tuple[str, str, int, User | None, str | None]]:
    """(what was done, text, version, by whom, why) of each history row, oldest first."""
    rows = TargetGroup.history.filter(id=pk).order_by("history_id")
    return [(row.history_type, row.text, row.version, row.history_user, row.history_change_reason) for row in rows]


def test_create_writes_one_history_row(group: TargetGroup, leader: User) -> None:
    assert group.version == 1
    assert _history(group.pk) == [("+", "Elever", 1, leader, "")]


def test_save_version_writes_one_history_row(group: TargetGroup, leader: User, controller: User) -> None:
    group.text = "Elever 6–16 år"
    save_version(group, base_version=1, by=controller, reason="Alder lagt til")
    assert TargetGroup.objects.values_list("text", "version").get() == ("Elever 6–16 år", 2)
    assert _history(group.pk) == [
        ("+", "Elever", 1, leader, ""),
        ("~", "Elever 6–16 år", 2, controller, "Alder lagt til"),
    ]


def test_save_version_of_what_another_has_saved_is_a_conflict(group: TargetGroup, leader: User) -> None:
    mine, theirs = TargetGroup.objects.get(), TargetGroup.objects.get()
    theirs.text = "Deres"
    save_version(theirs, base_version=1, by=leader)
    mine.text = "Min"
    with pytest.raises(Conflict) as raised:
        save_version(mine, base_version=1, by=leader)
    assert (raised.value.theirs.text, raised.value.theirs.version) == ("Deres", 2)  # type: ignore[attr-defined]
    assert TargetGroup.objects.values_list("text", "version").get() == ("Deres", 2)
    assert [text for _kind, text, *_rest in _history(group.pk)] == ["Elever", "Deres"]


def test_save_version_from_a_future_version_is_a_conflict(group: TargetGroup, leader: User) -> None:
    with pytest.raises(Conflict):
        save_version(group, base_version=2, by=leader)
    assert TargetGroup.objects.get().version == 1


def test_remove_keeps_the_last_state_and_who_removed_it(group: TargetGroup, leader: User, controller: User) -> None:
    pk = group.pk
    remove(group, by=controller, reason="Slått sammen")
    assert TargetGroup.objects.count() == 0
    assert _history(pk) == [("+", "Elever", 1, leader, ""), ("-", "Elever", 1, controller, "Slått sammen")]
