"""SAF-T Financial, the books as Norwegian accounting systems hand them over, versions 1.10 to 1.30."""
