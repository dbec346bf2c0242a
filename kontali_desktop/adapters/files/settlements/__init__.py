"""Settlement reports of payment providers, one provider's layouts a module.

A provider's layout is read by itself only where its headings are published or seen in a whole report, each named in its
module; a column is never guessed. Other reports are read by what a person says of their columns (`mapped`): Zettle's
and SumUp's in other languages, since both write headings in the reader's, and those of Nets. Nets has also
notifications in records of several types ("Record description of Nets notifications", January 2018: 100 to 410), whose
fields are not published openly: they are not read, and their payouts are matched as one sum.
"""
