"""The files of a case: read, and checked key by key, before anything is written.

`fixtures/README.md` says what each key means.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from elverum.case_shapes import Shape
from organisation.bulk import Facts, LoadingError

Held = Any
"""What a file holds, not yet checked."""


class _Loader(yaml.CSafeLoader):
    """PyYAML's safe loader, which besides refuses a key that stands twice: one would be lost."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _value in node.value]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise yaml.constructor.ConstructorError(None, None, f"nøkkelen «{key}» står to ganger", node.start_mark)
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(folder: Path, name: str, shape: Shape) -> dict[str, Any]:
    """What the file holds.

    Raises `LoadingError` with the file and the key where it is not what `shape` says.
    """
    path = folder / name
    if not path.exists():
        raise LoadingError(f"{name}: filen finnes ikke i {folder.name}.")
    try:
        held = _Loader(path.read_text(encoding="utf-8")).get_single_data()
    except yaml.YAMLError as error:
        raise LoadingError(f"{name}: {error}") from error
    check(held, shape, name)
    facts: dict[str, Any] = held
    return facts


def read_if_there(folder: Path, name: str, shape: Shape, otherwise: Facts) -> Facts:
    """What the file holds, as `read`; where there is no such file, `otherwise`."""
    return read(folder, name, shape) if (folder / name).exists() else otherwise


def check(held: Held, shape: Shape, place: str) -> None:
    """Raise `LoadingError` where what the file holds is not of the shape.

    `place` is the way to it: file, keys, numbers from 1.
    """
    match shape:
        case tuple():
            check(held, next((one for one in shape if isinstance(held, _type(one))), shape[0]), place)
        case [inner]:
            _check_type(held, list, place)
            for number, one in enumerate(held, start=1):
                check(one, inner, f"{place}[{number}]")
        case dict():
            _check_type(held, dict, place)
            _check_keys(held, shape, place)
        case _:
            _check_type(held, shape, place)


def _type(shape: Shape) -> type:
    return shape if isinstance(shape, type) else type(shape)


NAMES = {
    str: "tekst i anførselstegn",
    bool: "true eller false",
    int: "et helt tall",
    list: "en liste",
    dict: "nøkler med verdier",
}


def _check_type(held: Held, wanted: type, place: str) -> None:
    if type(held) is not wanted:
        raise LoadingError(f"{place}: her skal det stå {NAMES[wanted]}, ikke «{held}».")


def _check_keys(held: Mapping[Any, Any], shape: Mapping[Any, Shape], place: str) -> None:
    if str in shape:
        for key, value in held.items():
            _check_type(key, str, f"{place}: {key}")
            check(value, shape[str], f"{place}: {key}")
        return
    known = {key.removesuffix("?"): inner for key, inner in shape.items()}
    for key, value in held.items():
        if key not in known:
            raise LoadingError(f"{place}: kjenner ikke nøkkelen «{key}». Her kan det stå {', '.join(known)}.")
        check(value, known[key], f"{place}: {key}")
    missing = [key for key in shape if not key.endswith("?") and key not in held]
    if missing:
        raise LoadingError(f"{place}: nøkkelen «{missing[0]}» mangler.")


def read_codes(path: Path) -> list[Facts]:
    """A national list of KOSTRA codes, one mapping for each line."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
