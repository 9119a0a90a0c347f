"""One file a kind: `SHARE` is its share in a hundred files, each of its `RECIPES` makes one ending and the bytes."""

from kinds import archives, captures, delimited, mail, markup, mixtures, objects, office, portable, sheets, strings

KINDS = {"csv": delimited, "json": objects, "text": strings, "markup": markup, "mail": mail, "office": office, "sheets": sheets, "pdf": portable, "archives": archives, "pcap": captures, "mixtures": mixtures}
