"""All layouts that vouchers can be written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kontali_desktop.adapters.files.out.csv_vouchers import write_csv
from kontali_desktop.adapters.files.out.gbat10 import write_gbat10
from kontali_desktop.adapters.files.out.poweroffice import write_poweroffice
from kontali_desktop.adapters.files.out.saf_t.audit_file import write_saf_t
from kontali_desktop.adapters.files.out.xlsx_vouchers import write_xlsx
from kontali_desktop.domain.errors import UnknownExportFormat
from kontali_desktop.domain.vouchers import VoucherFile

_LAYOUTS: Mapping[str, tuple[str, Callable[[VoucherFile], bytes]]] = MappingProxyType(
    {
        "csv": (".csv", write_csv),
        "xlsx": (".xlsx", write_xlsx),
        "saft": (".xml", write_saf_t),
        "gbat10": (".csv", write_gbat10),
        "poweroffice": (".xlsx", write_poweroffice),
    }
)


class VoucherWriter:
    """The port `services.voucher_storage.VoucherWriter`: the same file gives the same bytes."""

    def formats(self) -> tuple[str, ...]:
        return tuple(_LAYOUTS)

    def suffix(self, format_: str) -> str:
        """How the name of such a file ends. Raises UnknownExportFormat."""
        return self._layout(format_)[0]

    def needs_vat_codes(self, format_: str) -> bool:
        """Raises UnknownExportFormat."""
        return self._layout(format_)[1] not in (write_csv, write_xlsx)

    def write(self, format_: str, file: VoucherFile) -> bytes:
        """Raises UnknownExportFormat, UnbalancedVoucher, UnknownVatCode."""
        return self._layout(format_)[1](file)

    def _layout(self, format_: str) -> tuple[str, Callable[[VoucherFile], bytes]]:
        try:
            return _LAYOUTS[format_]
        except KeyError:
            raise UnknownExportFormat(format=format_, known=", ".join(_LAYOUTS)) from None
