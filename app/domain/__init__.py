"""Pure rules of the shop: money, numbers, tariffs, calls, sessions, ledger.

No input or output, no clock, no logging, no framework: every function here may
be called from any thread and gives the same answer for the same arguments.
"""
