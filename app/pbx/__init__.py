"""Links to telephone exchanges: bytes of a socket in, news for the desk out.

Each link owns one thread. What is pure (framing, following calls, the session's state) stands
in modules of its own without sockets or clocks.
"""
