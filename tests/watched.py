"""Runs `answerable` and writes down every socket that it opens and every file that it writes.

    python tests/watched.py NOTES try --no-open

It is a program, run by the tests of the desk: an audit hook cannot be taken off again.
"""

import os
import sys

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
MAKES = ("os.mkdir", "os.rename", "os.link", "os.symlink", "tempfile.mkstemp", "tempfile.mkdtemp")


def watch(notes: str) -> None:
    out = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event.startswith("socket.") and event not in ("socket.__new__", "socket.listen"):
            about = args[1:] if event in ("socket.bind", "socket.connect") else args
            os.write(out, f"{event} {about}\n".encode())
        elif event == "open" and isinstance(args[2], int) and args[2] & WRITES:
            # A number is a pipe or a file that is open already, and was told then.
            if args[0] != os.devnull and not isinstance(args[0], int):
                os.write(out, f"written {args[0]}\n".encode())
        elif event in MAKES:
            os.write(out, f"made {args[0]}\n".encode())

    sys.addaudithook(hook)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    watch(sys.argv[1])
    sys.argv = ["answerable", *sys.argv[2:]]
    from answerable.cli import main

    main()
