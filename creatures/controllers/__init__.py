"""Controllers, one a file: a name, a table of genes, and compiled functions that say what every muscle does.

* `table`: all of them by name, and the compiled door through which the loop asks them.
* `reflex`: a rhythm moves the joints' targets, reflexes answer what is felt; the default.
* `pattern`: bursts of excitation by the clock alone, nothing is felt; after Sellers' dinosaurs.
"""
