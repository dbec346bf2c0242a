"""Settlement reports of payment providers, one provider's layouts a module.

Only published layouts are read; a column is never guessed. Zettle sends Excel and PDF with headings in the reader's
language and no payout's number, SumUp PDF by e-mail, and Nets a record layout that is not published openly: theirs are
not read here, and their payouts are matched as one sum.
"""
