"""Files that a command writes beside stdout.

Invariant: a file is replaced whole or stays as it was.
"""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from legation.errors import InputError


def keep(data: bytes, out: Path) -> None:
    """Write a file whole or not at all; what is there before stays until the new one is complete.

    Args:
        data: What to write.
        out: The file; a device or pipe is written to as it is.

    Raises:
        InputError: It cannot be written.
    """
    try:
        if out.exists() and not out.is_file():
            out.write_bytes(data)
            return
        target = out.resolve()
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}-", delete=False) as file:
            fresh = Path(file.name)
            try:
                file.write(data)
                file.flush()
                fresh.chmod(mode)
                fresh.replace(target)
            except OSError:
                fresh.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", out) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
