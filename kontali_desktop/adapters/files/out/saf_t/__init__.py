"""Vouchers as SAF-T Financial 1.30, the archive (Skatteetaten, "Norwegian SAF-T Financial Schema v. 1.30")."""
