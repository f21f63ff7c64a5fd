"""The address of a folder that is not on this machine, as `body.toml` may name it."""

import re

_SHAPE = re.compile(r"([a-z][a-z0-9+.-]*)://(\S+)")
_SECRET = re.compile(r"(password|passwd|pwd|secret|token|signature|sig|key)=", re.IGNORECASE)
_IN_CLEAR = {"ftp", "http"}
_HERE = {"file", "local"}


def protocol_of(address: str) -> str:
    """What stands before `://`."""
    return address.partition("://")[0]


def checked_address(address: object) -> str:
    """An address without what would let anybody in; empty where there is none.

    Raises ValueError, which never quotes the address: it may hold a password.
    """
    if address == "":
        return ""
    found = _SHAPE.fullmatch(address) if isinstance(address, str) else None
    if not found or "::" in found.group():
        raise ValueError("this is not an address such as s3://bucket/folder or file:///mnt/share")
    protocol, rest = found.groups()
    if "@" in rest or "?" in rest or "#" in rest or _SECRET.search(rest):
        raise ValueError(
            "an address may hold no user name, password or token: leave out what stands before @"
            " or after ?, and keep it where fsspec finds it (its own configuration)"
        )
    if protocol in _IN_CLEAR:
        raise ValueError(f"{protocol}:// sends records unencrypted; use another protocol")
    if protocol in _HERE and not rest.startswith("/"):
        raise ValueError(f"the folder after {protocol}:// begins with /, as in file:///mnt/share")
    return found.group().rstrip("/")
