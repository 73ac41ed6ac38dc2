"""Loading a case: the municipality, its units, service areas and people, from what its files say.

Every deed skips what its natural key says is there: loading twice changes nothing that a person has edited.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db import transaction

from organisation.access import Role
from organisation.bulk import Facts, LoadingError, functions_by_code, in_waves, look_up, write
from organisation.models import (
    AreaFunction,
    Delivery,
    KostraFunction,
    Membership,
    Municipality,
    Service,
    ServiceArea,
    TargetGroup,
    Unit,
    User,
)


@transaction.atomic
def load_functions(*, functions: Iterable[Facts]) -> None:
    """Write the national KOSTRA functions that are not there.

    Each has code, name, valid_from and valid_to (ISO dates or ""), is_operational and is_investment ("yes" or "no"),
    name_status and note.
    """
    known = set(KostraFunction.objects.values_list("code", "name"))
    KostraFunction.objects.bulk_create(
        KostraFunction(
            code=one["code"],
            name=one["name"],
            valid_from=_date(one["valid_from"]),
            valid_to=_date(one["valid_to"]),
            is_operational=one["is_operational"] == "yes",
            is_investment=one["is_investment"] == "yes",
            name_status=one["name_status"],
            note=one["note"],
        )
        for one in functions
        if (one["code"], one["name"]) not in known
    )


def _date(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


@transaction.atomic
def load_organisation(*, municipality: Facts, units: Sequence[Facts]) -> None:
    """Write the municipality and its units; `parent` is the slug of another unit. `units` bear the name of their file.

    The municipality owns the installation, unless another one does. Raises `LoadingError` for a unit whose address
    another municipality's unit has.
    """
    is_owner = not Municipality.objects.filter(is_owner=True).exists()
    owner, _made = Municipality.objects.get_or_create(
        number=municipality["number"], defaults={**municipality, "is_owner": is_owner}
    )
    positions = {one["slug"]: position for position, one in enumerate(units, start=1)}
    if len(positions) < len(units):
        slugs = [one["slug"] for one in units]
        twice = next(one for number, one in enumerate(units) if one["slug"] in slugs[:number])
        raise LoadingError(f"{twice['file']}: enheten «{twice['slug']}» står to ganger.")
    known: dict[str, Unit] = Unit.objects.in_bulk(field_name="slug")
    for one in units:
        if one["slug"] in known and known[one["slug"]].municipality_id != owner.pk:
            raise LoadingError(f"{one['file']}: en annen kommune har en enhet med adressen «{one['slug']}».")
    new = [one for one in units if one["slug"] not in known]
    for wave in in_waves(new, key="slug", refers_to=_parent, known=known, place="units"):
        made = Unit.objects.bulk_create(
            Unit(
                municipality=owner,
                parent=known.get(one.get("parent", "")),
                kind=_choice(one["kind"], Unit.Kind.values, one["file"]),
                name=one["name"],
                slug=one["slug"],
                position=positions[one["slug"]],
            )
            for one in wave
        )
        known |= {unit.slug: unit for unit in made}


def _parent(unit: Facts) -> set[str]:
    return {unit["parent"]} if "parent" in unit else set()


def _choice(value: str, allowed: Sequence[str], place: str) -> str:
    if value not in allowed:
        raise LoadingError(f"{place}: «{value}» er ikke blant {', '.join(allowed)}.")
    return value


@transaction.atomic
def load_areas(*, areas: Sequence[Facts]) -> None:
    """Write the service areas that are not there, with functions, services, target groups and deliveries.

    What each key means stands in `fixtures/README.md`; besides, each area bears the name of its `file`.
    """
    units: dict[str, Unit] = Unit.objects.in_bulk(field_name="slug")
    known = set(ServiceArea.objects.values_list("slug", flat=True))
    new = [one for one in areas if one["area"]["slug"] not in known]
    made = ServiceArea.objects.bulk_create(_area(one, units) for one in new)
    codes = functions_by_code()
    for area, facts in zip(made, new, strict=True):
        functions = _load_area_functions(area, facts, codes)
        _load_deliveries(area, facts, units, functions)
        write(
            TargetGroup,
            (TargetGroup(area=area, text=text, position=n) for n, text in enumerate(facts.get("target_groups", ()), 1)),
        )


def _area(facts: Facts, units: Mapping[str, Unit]) -> ServiceArea:
    area = facts["area"]
    unit = look_up(units, area["unit"], what="enheten", place=facts["file"])
    return ServiceArea(
        municipality=unit.municipality,
        unit=unit,
        name=area["name"],
        slug=area["slug"],
        position=area["position"],
    )


def _load_area_functions(
    area: ServiceArea, facts: Facts, codes: Mapping[str, KostraFunction]
) -> list[tuple[AreaFunction, Facts]]:
    said = facts.get("functions", ())
    made = write(
        AreaFunction,
        (
            AreaFunction(area=area, name=one["name"], description=one.get("description", ""), position=position)
            for position, one in enumerate(said, start=1)
        ),
    )
    links, services = [], []
    for row, one in zip(made, said, strict=True):
        for code in codes_of(one):
            function = look_up(codes, code, what="KOSTRA-funksjonen", place=facts["file"])
            links.append(AreaFunction.functions.through(areafunction=row, kostrafunction=function))
        services += [
            _service(row, service, position) for position, service in enumerate(one.get("services", ()), start=1)
        ]
    AreaFunction.functions.through.objects.bulk_create(links)
    write(Service, services)
    return list(zip(made, said, strict=True))


def codes_of(function: Facts) -> list[str]:
    """The codes of a function of an area: `code`, or `codes` where it stands for several."""
    return list(function["codes"]) if "codes" in function else [function["code"]]


def _service(function: AreaFunction, service: Facts | str, position: int) -> Service:
    facts = {"name": service} if isinstance(service, str) else service
    return Service(
        area_function=function,
        position=position,
        name=facts["name"],
        description=facts.get("description", ""),
    )


def _load_deliveries(
    area: ServiceArea,
    facts: Facts,
    units: Mapping[str, Unit],
    functions: Sequence[tuple[AreaFunction, Facts]],
) -> None:
    """Who does what.

    A function belongs to a delivery that lists its code, or whose unit the function says it is delivered by. A unit
    that only the functions name comes last, with its functions and no text.
    """
    place, said = facts["file"], list(facts.get("deliveries", ()))
    named = [slug for _row, function in functions for slug in function.get("delivered_by", ())]
    said += [{"unit": slug} for slug in dict.fromkeys(named) if slug not in {one["unit"] for one in said}]
    made = write(
        Delivery,
        (
            Delivery(
                area=area,
                unit=look_up(units, one["unit"], what="enheten", place=place),
                text=one.get("text", ""),
                position=n,
            )
            for n, one in enumerate(said, start=1)
        ),
    )
    delivered_codes = {code for _row, function in functions for code in codes_of(function)}
    links = []
    for delivery, one in zip(made, said, strict=True):
        listed = set(one.get("functions", ()))
        if listed - delivered_codes:
            raise LoadingError(f"{place}: leveransen til «{one['unit']}» viser til en funksjon som ikke er i området.")
        links += [
            Delivery.functions.through(delivery=delivery, areafunction=row)
            for row, function in functions
            if listed & set(codes_of(function)) or one["unit"] in function.get("delivered_by", ())
        ]
    Delivery.functions.through.objects.bulk_create(links)


@transaction.atomic
def load_people(*, people: Sequence[Facts], place: str) -> None:
    """Write the demo people that are not there, with their roles.

    They cannot log in until `give_demo_password`.
    """
    units: dict[str, Unit] = Unit.objects.in_bulk(field_name="slug")
    known = set(User.objects.values_list("username", flat=True))
    for one in people:
        if one["username"] in known:
            continue
        memberships = [(_choice(role["role"], Role.values, place), role["unit"]) for role in one["memberships"]]
        user = User.objects.create(
            username=one["username"],
            first_name=one["first_name"],
            last_name=one["last_name"],
            email=one.get("email", ""),
            password=UNUSABLE_PASSWORD_PREFIX,
            is_demo=True,
            is_staff=any(role == Role.ADMINISTRATOR for role, _unit in memberships),
        )
        Membership.objects.bulk_create(
            Membership(user=user, role=role, unit=look_up(units, unit, what="enheten", place=place))
            for role, unit in memberships
        )


@transaction.atomic
def give_demo_password(*, password: str) -> list[User]:
    """Let every demo person log in with this known password. Returns them; other people are left alone."""
    demo = User.objects.filter(is_demo=True)
    demo.update(password=make_password(password))
    return list(demo.prefetch_related("memberships__unit").order_by("pk"))
