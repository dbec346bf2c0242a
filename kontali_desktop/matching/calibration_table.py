"""Fitted by `python -m tests.benchmarks.matching.fit`: (intercept, slope, most) by kind of evidence."""

from __future__ import annotations

FITTED: dict[str, tuple[float, float, float]] = {
    "kid close named": (1.048, 0.973, 0.9986),  # 696 seen
    "kid close silent": (0.389, 1.026, 0.9917),  # 119 seen
    "kid exact named": (0.503, 1.15, 0.9999),  # 31615 seen
    "kid exact silent": (0.519, 1.155, 0.9999),  # 7045 seen
    "kid part named": (1.212, 1.022, 0.9989),  # 938 seen
    "kid part silent": (0.896, 1.245, 0.9959),  # 240 seen
    "none close named": (0.154, 1.165, 0.9957),  # 228 seen
    "none completes named": (1.457, 1.483, 0.9991),  # 1154 seen
    "none currency named": (0.017, 1.186, 0.9994),  # 1759 seen
    "none currency named against": (0.098, 1.053, 0.9821),  # 54 seen
    "none exact named": (3.555, 1.085, 0.9999),  # 18348 seen
    "none exact named against": (2.908, 0.498, 0.9988),  # 817 seen
    "none exact named competing": (1.519, 0.735, 0.99),  # 98 seen
    "none exact silent": (2.55, 0.754, 0.9972),  # 353 seen
    "none part named": (1.633, 1.288, 0.9993),  # 1525 seen
    "none part named against": (0.898, 0.804, 0.9853),  # 66 seen
    "none rate named": (0.046, 1.274, 0.9988),  # 848 seen
    "none set named": (0.085, 1.174, 0.9965),  # 280 seen
    "number close named": (0.066, 0.842, 0.9994),  # 1565 seen
    "number close silent": (1.5, 1.277, 0.9981),  # 513 seen
    "number currency named": (-0.015, 1.134, 0.9998),  # 4495 seen
    "number currency silent": (0.358, 1.366, 0.9991),  # 1118 seen
    "number exact named": (-0.025, 1.24, 0.9999),  # 20544 seen
    "number exact silent": (0.545, 1.059, 0.9999),  # 7701 seen
    "number exact stranger": (0.822, 0.939, 0.9992),  # 1299 seen
    "number over named": (0.271, 1.169, 0.9931),  # 142 seen
    "number over silent": (1.403, 0.271, 0.9688),  # 30 seen
    "number part named": (-0.013, 1.159, 0.9998),  # 5397 seen
    "number part silent": (0.61, 1.851, 0.9993),  # 1358 seen
    "number part stranger": (-0.081, 1.272, 0.9722),  # 34 seen
    "payout named": (-0.01, 1.08, 0.9994),  # 1804 seen
    "payout rival": (0.492, 0.532, 0.9987),  # 791 seen
    "payout usual": (0.96, 0.824, 0.9994),  # 1601 seen
    "remittance": (0.665, 0.982, 0.9993),  # 1367 seen
    "typo exact named": (0.235, 1.186, 0.9982),  # 540 seen
    "typo exact silent": (1.419, 0.474, 0.9792),  # 46 seen
}
