"""`settings.toml` in the data directory, and the environment over it. Secrets never stand in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kontali_desktop.services.errors import StorageUnwritable
from kontali_desktop.services.os_errors import os_reason

_PREFIX = "KONTALI_"
_BARE_KEY = re.compile(r"[a-z0-9_]+")
SECRET_NAMES = ("DNB_CLIENT_SECRET", "DNB_API_KEY")

Value = str | int | bool


class TomlSettings:
    """Keys are `name` or `table.name`; `KONTALI_NAME` and `KONTALI_TABLE__NAME` in the environment go first."""

    def __init__(self, path: Path, environment: Mapping[str, str]) -> None:
        self._path = path
        self._environment = environment
        self._values = _read(path)

    def get(self, key: str, default: str = "") -> str:
        name = _variable(key)
        if name in self._environment:
            return self._environment[name]
        value = self._values.get(key, default)
        return str(value).lower() if isinstance(value, bool) else str(value)

    def set(self, key: str, value: Value) -> None:
        """Raises StorageUnwritable; the file is replaced whole, one that a person broke is kept beside it."""
        self._values = _read(self._path) | {key: value}
        new = self._path.with_suffix(".new")
        try:
            if _tables(self._path) is None:
                self._path.replace(self._path.with_suffix(".toml.broken"))
            new.write_text(_toml(self._values), "utf-8")
            new.replace(self._path)
        except OSError as error:
            raise StorageUnwritable(path=str(self._path), detail=os_reason(error)) from error

    def variable(self, key: str) -> str:
        """The environment variable that decides this key: `KONTALI_…`, or a bank's own name (`DNB_CLIENT_ID`)."""
        of_bank = key.upper().replace(".", "_") if "." in key else ""
        return next((n for n in (of_bank, _variable(key)) if n and self._environment.get(n)), "")

    def bank_values(self, bank: str) -> dict[str, str]:
        """By their `BANK_…` names: the environment's, also as `KONTALI_BANK__…`, over those of the file's table."""
        prefix = f"{bank.upper()}_"
        ours = f"{_PREFIX}{prefix}_"
        from_file = {
            prefix + key.partition(".")[2].upper(): str(value)
            for key, value in self._values.items()
            if key.startswith(f"{bank}.") and prefix + key.partition(".")[2].upper() not in SECRET_NAMES
        }
        given = {name: value for name, value in self._environment.items() if value}
        renamed = {prefix + name.removeprefix(ours): v for name, v in given.items() if name.startswith(ours)}
        return from_file | renamed | {name: v for name, v in given.items() if name.startswith(prefix)}


def _variable(key: str) -> str:
    return _PREFIX + key.upper().replace(".", "__")


def _tables(path: Path) -> dict[str, Any] | None:
    """None where a person broke the file, empty where there is none."""
    try:
        written = path.read_text("utf-8")
    except OSError:
        return {}
    except UnicodeDecodeError:
        return None
    import tomllib  # noqa: PLC0415 - the first start of all has no file, and paints sooner

    try:
        return tomllib.loads(written)
    except tomllib.TOMLDecodeError:
        return None


def _read(path: Path) -> dict[str, Value]:
    """A file that is not there, or that a person broke, counts as empty: the program must start to say so."""
    tables = _tables(path) or {}
    flat: dict[str, Value] = {}
    for name, value in tables.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{key}": inner for key, inner in value.items() if isinstance(inner, str | int | bool)}
        elif isinstance(value, str | int | bool):
            flat[name] = value
    return flat


def _toml(values: Mapping[str, Value]) -> str:
    plain = [f"{k} = {_literal(v)}" for k, v in sorted(values.items()) if "." not in k and _BARE_KEY.fullmatch(k)]
    tables: dict[str, list[str]] = {}
    for key, value in sorted(values.items()):
        table, dot, name = key.partition(".")
        if dot and _BARE_KEY.fullmatch(table) and _BARE_KEY.fullmatch(name):
            tables.setdefault(table, []).append(f"{name} = {_literal(value)}")
    for table, lines in tables.items():
        plain += ["", f"[{table}]", *lines]
    return "\n".join(plain) + "\n"


def _literal(value: Value) -> str:
    """JSON's strings, numbers and booleans are TOML's too."""
    return json.dumps(value, ensure_ascii=False)
