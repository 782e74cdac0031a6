"""Rate decks: files with prefixes and prices, as carriers and other programs write them.

Read by `read.read_deck`, written by `export.write_deck`. No database, no clock, no thread.
"""
