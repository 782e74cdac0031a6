"""A PDF on the disk: whole or not at all. Runs on the printer thread."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from app.messages.devices import PdfFailed, PdfOrder, PdfWritten
from printing import pdf
from printing.layout import receipt_document

_CODES = {
    errno.ENOENT: "folder_missing",
    errno.ENOTDIR: "folder_missing",
    errno.EACCES: "not_writable",
    errno.EPERM: "not_writable",
    errno.EROFS: "not_writable",
    errno.EISDIR: "not_writable",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
}


def write(order: PdfOrder) -> PdfWritten | PdfFailed:
    """Make the PDF and put it at the order's path, in place of an older one."""
    document = receipt_document(
        order.receipt,
        width=pdf.WIDTH,
        copy_number=order.copy_number,
        is_explained=order.is_explained,
        adapt=pdf.adapt,
    )
    try:
        replace_file(Path(order.path), pdf.encode(document))
    except OSError as error:
        return PdfFailed(order.command_id, code_of(error))
    return PdfWritten(order.command_id, order.path)


def code_of(error: OSError) -> str:
    """Return why a file cannot be written: a code of `PdfFailed`."""
    return _CODES.get(error.errno or 0, "write_failed")


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in place whole: a crash leaves the old one or the new. Raises `OSError`."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
