"""What lies in real files and breaks readers: amounts, days, texts, namespaces."""

from __future__ import annotations

AMOUNTS = (
    "1.234,56-", "(1.234,56)", "−1 234,56", "1\u00a0234,56", "1\u202f234,56", "1'234.56", "1,234.56", "1.234", "1,2,3",
    "0", "-0", "0,00", "00000", "+5", "--5", "5-", "1e5", "1E400", "NaN", "Infinity", "-inf", "0x1F", "٣٤٥", "１２３",
    "½", "²", "9" * 19, "9" * 40, "9" * 5_000, "0." + "9" * 30, ".5", "5.", ",", ".", "-", "1 kr", "kr 1", "NOK 1,00",
    "12.345.678,9", "1_000", "1.23456", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
)  # fmt: skip
DAYS = (
    "2026-02-30", "2026-13-01", "2026-00-00", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "99999-01-01",
    "31.04.2026", "29.02.2025", "01.02.03", "1.1.26", "00.00.0000", "2026-1-5", "20260105", "260105", "20261305",
    "2026-01-05T25:61:61Z", "2026-01-05T00:00:00+99:99", "2026-W01-1", "05/13/2026", "13/05/2026", "45000", "-1",
    "2958466", "99999999", "1e9", "i går", "٢٠٢٦-٠١-٠٥", "2026−01−05", "-2026-01-05",
)  # fmt: skip
TEXTS = (
    "", " ", "\t", "\n", "\u00a0", "\u2028", "\u0085", "\ufeff", "\ufffd", "\u202e", "\0", "\x0b", "\x1a", "\x7f",
    "é", "e\u0301", "𝔘", "ß", "İ", "ǆ", "👨‍👩‍👧", "A" * 1_000, "æ" * 70_000, "=1+1", "@SUM(A1)", "+47", "-1", "'", '"',
    '""',
    ";", "\\", "%s", "{0}", "{}", "%(x)s", "&amp;", "<", ">", "]]>", "<!--", "<?x?>", "NULL", "None", "true",
    "../../x",
    "con", "NOK", "nok", "XXX", "EUR", "JPY", "BHD", "N O", "kroner", "310000005", "210000007", "15030000009",
    "NO3515030000009", "000", "00000000000", "12345678-", "KID 00000000000000000000000000000", "CRDT", "DBIT", "BOOK",
)  # fmt: skip
NAMESPACES = (
    "urn:iso:std:iso:20022:tech:xsd:camt.053.001.01", "urn:iso:std:iso:20022:tech:xsd:camt.053.001.11",
    "urn:iso:std:iso:20022:tech:xsd:camt.054.001.08", "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08",
    "urn:iso:std:iso:20022:tech:xsd:camt.053.001.٠٢", "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2", "urn:StandardAuditFile-Taxation-Financial:NO",
    "urn:oasis:names:specification:ubl:schema:xsd:Reminder-2", "", "x", " ", "http://127.0.0.1:9/", "{}",
    "urn:" + "x" * 500,
)  # fmt: skip
MARKUP = (
    '<!DOCTYPE x [<!ENTITY a "b">]>', "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x'>", "&a;", "&#0;", "&#x110000;",
    "&#xD800;", "&lt;", "<![CDATA[", "]]>", "<!--", "--", "<?xml version='1.1'?>", "<?xml encoding='UTF-7'?>",
    "<?pi ?>",
    "<x" * 300, "<x>" * 300, "</x>", "<:>", "<a:b/>", " xmlns=''", " xmlns:a=''", ' a="1" a="2"',
    "<xi:include href='/x'/>",
)  # fmt: skip
CODECS = (
    "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "iso-8859-1", "cp1252", "cp437", "cp037", "utf-7",
)  # fmt: skip
EVERYTHING = AMOUNTS + DAYS + TEXTS
