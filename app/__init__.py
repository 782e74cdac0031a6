"""CallShop Cashier: everything behind the counter that is not a window, a printer or a device."""

# The one place the version is written: the wheel's metadata and `callshop --version` read it here.
__version__ = "0.1.0"
