"""The floors of the house: a module imports only from floors below its own, and never in a circle."""

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"organisation"}),
    frozenset({"scorecards", "budget", "staffing"}),
    frozenset({"plans"}),
    frozenset({"reporting"}),
    frozenset({"publishing"}),
    frozenset({"elverum"}),
)
FLOOR_OF = {package: height for height, packages in enumerate(FLOORS) for package in packages}
FORBIDDEN_NAMES = frozenset({"common", "core", "helpers", "misc", "services", "signals", "utils"})
YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
FOREIGN = re.compile(r"/(work|root|home)/\w|registry\.npmjs|pythonhosted|pypi\.org|\.\./shared")
TEXT_FILES = ("*.py", "*.html", "*.css", "*.js", "*.md", "*.toml", "*.yaml", "*.json", "*.lock", "Makefile")
OWN_FOLDERS = (*sorted(FLOOR_OF), "docs", "fixtures", "static", "templates")
MODEL_REFERENCE = re.compile(r"(?P<package>[a-z]+)\.[A-Z][A-Za-z]+")


class Import(NamedTuple):
    """One imported module, or a model named by a string, and where it is named."""

    module: str
    target: str
    line: int
    is_for_types: bool
    is_in_function: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


def python_files(root: Path) -> Iterator[Path]:
    """Every module of the floors under `root`."""
    for package in sorted(FLOOR_OF):
        yield from sorted((root / package).rglob("*.py"))


def module_name(root: Path, path: Path) -> str:
    """The dotted name of a file: `plans/models/measure.py` is `plans.models.measure`."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(node: ast.AST, module: str, *, is_package: bool) -> list[str]:
    """The full dotted names that an import statement asks for; `from a import b` gives `a.b`."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        parts = module.split(".")
        above = parts[: len(parts) - node.level + is_package]
        base = ".".join([*above, base] if base else above)
    return [f"{base}.{alias.name}" for alias in node.names]


def referred_models(node: ast.AST) -> list[str]:
    """The models of a floor that a relation names by a string: `ForeignKey("plans.Measure")`."""
    if not isinstance(node, ast.Call):
        return []
    arguments = [*node.args[:1], *(word.value for word in node.keywords if word.arg in ("to", "through"))]
    texts = [word.value for word in arguments if isinstance(word, ast.Constant) and isinstance(word.value, str)]
    matches = [match for text in texts if (match := MODEL_REFERENCE.fullmatch(text))]
    return [match.string for match in matches if match["package"] in FLOOR_OF]


def is_type_checking(node: ast.AST) -> bool:
    """Whether the node is `if TYPE_CHECKING:`."""
    return isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")


def walk(node: ast.AST, for_types: bool = False, in_function: bool = False) -> Iterator[tuple[ast.AST, bool, bool]]:
    """Every node below, with whether it is only for type checkers and whether it is inside a function."""
    for child in ast.iter_child_nodes(node):
        types = for_types or is_type_checking(child)
        function = in_function or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield child, types, function
        yield from walk(child, for_types=types, in_function=function)


def imports(root: Path) -> list[Import]:
    """Everything that the modules of the floors import from each other and from elsewhere."""
    found = []
    for path in python_files(root):
        module = module_name(root, path)
        for node, for_types, in_function in walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.stmt | ast.expr):
                continue
            names = imported_names(node, module, is_package=path.name == "__init__.py")
            found += [Import(module, name, node.lineno, for_types, in_function) for name in names]
            models = referred_models(node)
            found += [Import(module, name, node.lineno, is_for_types=True, is_in_function=False) for name in models]
    return found


def wrong_arrows(root: Path) -> list[str]:
    """The imports that go upwards, or to a neighbour on the same floor."""

    def is_wrong(one: Import) -> bool:
        here, there = one.module.split(".")[0], one.target.split(".")[0]
        return there != here and there in FLOOR_OF and FLOOR_OF[there] >= FLOOR_OF[here]

    return [str(one) for one in imports(root) if is_wrong(one)]


def circle(root: Path) -> list[str]:
    """The modules of a circle of imports, in order, or none. Imports only for type checkers do not count."""
    modules = {module_name(root, path) for path in python_files(root)}
    graph: dict[str, set[str]] = {module: set() for module in modules}
    for one in imports(root):
        target = one.target if one.target in modules else one.target.rpartition(".")[0]
        if target in modules and not one.is_for_types and target != one.module:
            graph[one.module].add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def defined_names(root: Path) -> Iterator[str]:
    """The names of files, folders, classes and functions of the floors and their templates."""
    for path in python_files(root):
        yield module_name(root, path)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        definitions = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef | ast.FunctionDef))
        yield from (f"{module_name(root, path)}.{node.name}" for node in definitions)
    for folder in (*sorted(FLOOR_OF), "templates", "static"):
        yield from (str(path.relative_to(root)) for path in sorted((root / folder).rglob("*.html")))


def lines_of_another_place(root: Path) -> list[str]:
    """The lines that name a folder of one machine or a host that packages were fetched from."""
    files = [path for pattern in TEXT_FILES for path in root.glob(pattern)]
    files += [path for folder in OWN_FOLDERS for pattern in TEXT_FILES for path in (root / folder).rglob(pattern)]
    lines = ((path, line) for path in files for line in path.read_text(encoding="utf-8").splitlines())
    return [f"{path.relative_to(root)}: {line.strip()}" for path, line in lines if FOREIGN.search(line)]


def test_floors_every_package_exists() -> None:
    """The test below would pass on an empty house."""
    assert sorted(package for package in FLOOR_OF if not list((ROOT / package).glob("*.py"))) == []


def test_floors_imports_point_downwards() -> None:
    assert wrong_arrows(ROOT) == []


def test_floors_imports_make_no_circle() -> None:
    assert circle(ROOT) == []


def test_imports_stand_outside_functions() -> None:
    assert [str(one) for one in imports(ROOT) if one.is_in_function] == []


def test_names_say_what_a_module_is_for() -> None:
    names = [module_name(ROOT, path) for path in python_files(ROOT)]
    assert [name for name in names if FORBIDDEN_NAMES & set(name.split("."))] == []


def test_names_hold_no_year() -> None:
    """A year is data: a module, class or template named after one would be copied for the next."""
    assert [name for name in defined_names(ROOT) if YEAR.search(name)] == []


@pytest.mark.parametrize(
    ("path", "source", "expected"),
    [
        (
            "organisation/models.py",
            "from plans.models import Measure",
            ["organisation.models:1 imports plans.models.Measure"],
        ),
        ("budget/imports.py", "import scorecards", ["budget.imports:1 imports scorecards"]),
        ("plans/x.py", "def f():\n    from elverum import settings", ["plans.x:2 imports elverum.settings"]),
        (
            "plans/models/x.py",
            "from ...publishing import freeze",
            ["plans.models.x:1 imports publishing.freeze"],
        ),
        ("plans/x.py", 'a = ForeignKey("reporting.Round")', ["plans.x:1 imports reporting.Round"]),
        ("plans/x.py", 'a = ForeignKey(to="budget.BudgetLine")', []),
        ("reporting/x.py", "from plans.models import Measure\nfrom . import y", []),
    ],
)
def test_wrong_arrows_of_a_planted_import(tmp_path: Path, path: str, source: str, expected: list[str]) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(source, encoding="utf-8")
    assert wrong_arrows(tmp_path) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from plans import control", ["plans.control", "plans.rollover", "plans.control"]),
        ("from .control import check", ["plans.control", "plans.rollover", "plans.control"]),
        ("if TYPE_CHECKING:\n    from plans import control", []),
    ],
)
def test_circle_of_two_planted_modules(tmp_path: Path, source: str, expected: list[str]) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "plans/control.py").write_text("from plans.rollover import copy", encoding="utf-8")
    (tmp_path / "plans/rollover.py").write_text(source, encoding="utf-8")
    assert sorted(set(circle(tmp_path))) == sorted(set(expected))


def test_year_in_a_planted_name_is_found(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/models.py").write_text("class Goal2024:\n    level1 = 1", encoding="utf-8")
    assert [name for name in defined_names(tmp_path) if YEAR.search(name)] == ["plans.models.Goal2024"]


def test_project_names_no_other_place() -> None:
    """The code runs anywhere: it knows no folder of a machine and no host of a package registry."""
    assert lines_of_another_place(ROOT) == []


def test_folder_of_a_machine_in_a_planted_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/run.md").write_text("Start it.\ncd /home/kari/plan\n", encoding="utf-8")
    assert lines_of_another_place(tmp_path) == ["docs/run.md: cd /home/kari/plan"]
