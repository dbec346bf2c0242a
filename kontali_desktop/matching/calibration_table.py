"""Fitted by `python -m tests.benchmarks.matching.fit`: (intercept, slope, most) by kind of evidence."""

from __future__ import annotations

FITTED: dict[str, tuple[float, float, float]] = {
    "kid close named": (1.172, 0.977, 0.9987),  # 793 seen
    "kid close silent": (0.459, 0.942, 0.9926),  # 133 seen
    "kid exact named": (0.684, 1.153, 0.9999),  # 37480 seen
    "kid exact silent": (0.667, 1.182, 0.9999),  # 8315 seen
    "kid part named": (1.399, 0.987, 0.9991),  # 1112 seen
    "kid part silent": (0.977, 1.286, 0.9965),  # 282 seen
    "none close named": (-0.111, 1.286, 0.9961),  # 256 seen
    "none completes named": (1.523, 1.504, 0.9993),  # 1392 seen
    "none currency named": (-0.0, 1.158, 0.9995),  # 2081 seen
    "none currency named against": (0.252, 1.146, 0.9877),  # 79 seen
    "none exact named": (3.349, 1.365, 0.9999),  # 21559 seen
    "none exact named again": (0.372, 1.204, 0.9706),  # 32 seen
    "none exact named against": (3.112, 0.4, 0.9982),  # 559 seen
    "none exact named competing": (1.357, 0.974, 0.9913),  # 113 seen
    "none exact silent": (2.546, 0.722, 0.9975),  # 400 seen
    "none part named": (1.021, 1.629, 0.9995),  # 1823 seen
    "none part named against": (1.383, 0.461, 0.9868),  # 74 seen
    "none possible named": (0.311, 1.569, 0.9881),  # 82 seen
    "none rate named": (-0.068, 1.293, 0.999),  # 1001 seen
    "none set named": (0.108, 1.274, 0.9971),  # 340 seen
    "number close named": (0.073, 0.854, 0.9995),  # 1871 seen
    "number close silent": (1.387, 1.434, 0.9983),  # 599 seen
    "number currency named": (-0.016, 1.144, 0.9998),  # 5305 seen
    "number currency silent": (0.498, 1.366, 0.9993),  # 1337 seen
    "number exact named": (-0.015, 1.27, 0.9999),  # 24493 seen
    "number exact silent": (0.396, 1.006, 0.9999),  # 9030 seen
    "number exact stranger": (0.934, 1.28, 0.9993),  # 1442 seen
    "number over named": (0.284, 1.408, 0.994),  # 166 seen
    "number over silent": (1.361, 0.363, 0.973),  # 35 seen
    "number part named": (-0.016, 1.163, 0.9998),  # 6405 seen
    "number part silent": (0.708, 1.907, 0.9994),  # 1635 seen
    "payout named": (-0.01, 1.088, 0.9995),  # 2101 seen
    "payout rival": (-0.276, 0.894, 0.9986),  # 722 seen
    "payout usual": (1.286, 0.855, 0.9996),  # 2276 seen
    "remittance": (0.663, 1.04, 0.9994),  # 1625 seen
    "typo exact named": (0.247, 1.287, 0.9992),  # 1201 seen
    "typo exact silent": (1.603, 0.437, 0.9831),  # 57 seen
}
