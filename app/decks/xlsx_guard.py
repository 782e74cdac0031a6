"""XLSX from strangers: what is looked at before a spreadsheet library may open it.

An XLSX is a zip of XML files. The zip's own directory says how large they become; zipfile
never unpacks more than it says. XML with a document type could hold entities that grow, and
one row of millions of cells would be held in memory at once.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from app.decks.deck import DeckError

MEMBERS_MAX = 2_000
UNPACKED_MAX = 400 * 1024 * 1024
MEMBER_MAX = 256 * 1024 * 1024
STRINGS_MAX = 64 * 1024 * 1024
OTHER_MAX = 16 * 1024 * 1024
RATIO_MAX = 150
"""How much a member may shrink: sheets of equal rows reach about 50."""

_RATIO_FROM = 4 * 1024 * 1024
ROW_BYTES_MAX = 4 * 1024 * 1024
STRING_COUNT_MAX = 1_500_000
_SLICE = 1024 * 1024
_OVERLAP = 64
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([^\"']*)[\"']")
_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii")
_ROW_END = re.compile(rb"(?:</(?:\w+:)?row\s*|<(?:\w+:)?row\b[^>]{0,400}/)>")
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")


def check(content: bytes) -> None:
    """Look through an XLSX.

    Raises `DeckError`: `not_a_spreadsheet`, `encrypted`, `zip_bomb`, `unsafe_xml`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_directory(members)
            for member in members:
                _check_xml(archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise DeckError("not_a_spreadsheet") from error
    except (ValueError, OSError, RuntimeError, OverflowError) as error:
        raise DeckError("not_a_spreadsheet") from error


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names or len(names) < len(members):
        raise DeckError("not_a_spreadsheet")
    if any(member.flag_bits & 1 for member in members):
        raise DeckError("encrypted")
    if any(member.compress_type not in _METHODS for member in members):
        raise DeckError("not_a_spreadsheet")
    too_much = len(members) > MEMBERS_MAX or sum(one.file_size for one in members) > UNPACKED_MAX
    if too_much or any(_is_bomb(member) for member in members):
        raise DeckError("zip_bomb")


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    if _is_sheet(member):
        limit = MEMBER_MAX
    else:
        limit = STRINGS_MAX if _is_strings(member) or not _is_xml(member) else OTHER_MAX
    is_dense = member.file_size > max(member.compress_size, 1) * RATIO_MAX
    return member.file_size > limit or (member.file_size > _RATIO_FROM and is_dense)


def _is_xml(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((".xml", ".rels", ".vml"))


def _is_sheet(member: zipfile.ZipInfo) -> bool:
    return "sheets/" in member.filename.lower()


def _is_strings(member: zipfile.ZipInfo) -> bool:
    return "sharedstrings" in member.filename.lower()


def _check_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    # What a document names as its parts is parsed whatever it is called.
    forbidden = b"<!" if _is_sheet(member) else b"<!DOCTYPE"
    since_row = strings = 0
    before = b""
    with archive.open(member) as stream:
        while part := stream.read(_SLICE):
            if not _is_xml(member) and not before and not part.lstrip().startswith(b"<"):
                return
            if not before:
                _check_start(member, part)
            window = before + part
            if forbidden in window or b"<!ENTITY" in window:
                raise DeckError("unsafe_xml", value=member.filename)
            strings += len(_STRING.findall(part))
            rows = list(_ROW_END.finditer(window)) if _is_sheet(member) else []
            since_row = len(window) - rows[-1].end() if rows else since_row + len(part)
            is_endless = _is_sheet(member) and since_row > ROW_BYTES_MAX
            if is_endless or strings > STRING_COUNT_MAX:
                raise DeckError("zip_bomb")
            before = window[-_OVERLAP:]


def _check_start(member: zipfile.ZipInfo, part: bytes) -> None:
    """Refuse XML whose bytes would hide their meaning from this look."""
    declared = _DECLARED.match(part.removeprefix(b"\xef\xbb\xbf"))
    is_plain = declared is None or declared[1].lower() in _ENCODINGS
    if _is_xml(member) and (not is_plain or b"\0" in part):
        raise DeckError("unsafe_xml", value=member.filename)
