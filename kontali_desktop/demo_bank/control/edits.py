"""Changes to a real JSON answer, as banks have been seen to make them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any


def edited(answer: Any, edits: dict[str, Any], address: str) -> Any:  # noqa: ANN401 - any JSON there is
    """Applies each named edit in turn; `address` is the call's own path and query."""
    for name, wanted in edits.items():
        answer = _EDITS[name](answer, wanted, address)
    return answer


def known() -> frozenset[str]:
    return frozenset(_EDITS)


def _each_object(node: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(node, list):
        return [_each_object(item, change) for item in node]
    if isinstance(node, dict):
        return change({name: _each_object(value, change) for name, value in node.items()})
    return node


def _drop(answer: Any, names: list[str], _address: str) -> Any:  # noqa: ANN401 - any JSON
    """Leaves out fields of these names wherever they stand."""
    return _each_object(answer, lambda node: {name: value for name, value in node.items() if name not in names})


def _rename(answer: Any, names: dict[str, str], _address: str) -> Any:  # noqa: ANN401 - any JSON
    return _each_object(answer, lambda node: {names.get(name, name): value for name, value in node.items()})


def _replace(answer: Any, values: dict[str, Any], _address: str) -> Any:  # noqa: ANN401 - any JSON
    """Gives fields of these names another value wherever they stand."""
    return _each_object(answer, lambda node: {name: values.get(name, value) for name, value in node.items()})


def _add(answer: Any, values: dict[str, Any], _address: str) -> Any:  # noqa: ANN401 - any JSON
    """Puts unknown fields into every object."""
    return _each_object(answer, lambda node: node | values)


def _numbers(answer: Any, _wanted: bool, _address: str) -> Any:  # noqa: ANN401, FBT001 - the shape of every edit
    """Amounts as JSON numbers instead of strings."""

    def change(node: dict[str, Any]) -> dict[str, Any]:
        return node | {"amount": float(node["amount"])} if isinstance(node.get("amount"), str) else node

    return _each_object(answer, change)


def _rows(answer: Any, change: Callable[[list[Any]], list[Any]]) -> Any:  # noqa: ANN401 - any JSON
    """Applies a change to the booked rows of an account report."""
    report = answer.get("transactions") if isinstance(answer, dict) else None
    if not isinstance(report, dict) or "booked" not in report:
        return answer
    return answer | {"transactions": report | {"booked": change(report["booked"])}}


def _change_ids(answer: Any, salt: str, _address: str) -> Any:  # noqa: ANN401 - any JSON
    """Other ids for the same rows, as after a new authorisation through an aggregator."""

    def other(row: dict[str, Any]) -> dict[str, Any]:
        new = hashlib.sha256(f"{salt}|{row.get('transactionId')}".encode()).hexdigest()[:15]
        return {name: value for name, value in row.items() if name != "entryReference"} | {"transactionId": new}

    return _rows(answer, lambda rows: [other(row) for row in rows])


def _append_text(answer: Any, text: str, _address: str) -> Any:  # noqa: ANN401 - any JSON
    """Text added after booking, such as an archive reference."""

    def longer(row: dict[str, Any]) -> dict[str, Any]:
        return row | {"additionalInformation": f"{row.get('additionalInformation', '')} {text}".strip()}

    return _rows(answer, lambda rows: [longer(row) for row in rows])


def _repeat_rows(answer: Any, times: int, _address: str) -> Any:  # noqa: ANN401 - any JSON
    """The page's rows come again, as when a bank sends a page twice."""
    return _rows(answer, lambda rows: rows * times)


def _repeat_page(answer: Any, _wanted: bool, address: str) -> Any:  # noqa: ANN401, FBT001 - the shape of every edit
    """The next page is this page, for ever."""

    def change(node: dict[str, Any]) -> dict[str, Any]:
        return node | {"next": {"href": address}} if "next" in node else node

    return _each_object(answer, change)


_EDITS: dict[str, Callable[[Any, Any, str], Any]] = {
    "drop": _drop,
    "rename": _rename,
    "replace": _replace,
    "add": _add,
    "numbers": _numbers,
    "change_ids": _change_ids,
    "append_text": _append_text,
    "repeat_rows": _repeat_rows,
    "repeat_page": _repeat_page,
}
