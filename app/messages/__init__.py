"""Everything that crosses a thread, frozen: commands, exchange news, device news, views.

`commands`: what an operator asks (imperative). `pbx`: what passes between desk and
exchange links. `devices`: what passes between desk, printer and booth meters.
`views`: pictures for the screen. Nothing else may cross.
"""
