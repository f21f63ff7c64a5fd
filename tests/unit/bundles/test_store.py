"""The store at the office: killed at any moment, the last good bundle stands."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from answerable.chain.body import InputMistake, open_body
from answerable.chain.bundles import receive, received, sign, standing, store
from answerable.chain.bundles.keys import private_key, public_of
from answerable.chain.bundles.signing import Last, numbered
from tests import bundled

KNOWN = public_of(bundled.KEY)

KILLED = """
import os, sys
from pathlib import Path
from answerable.chain.body import open_body
from answerable.chain.bundles import open_bundle, receive

left = int(sys.argv[3])

def dies(name):
    was = getattr(os, name)
    def counted(*arguments, **more):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return was(*arguments, **more)
    setattr(os, name, counted)

for name in ("fsync", "replace", "rename", "mkdir", "unlink", "rmdir"):
    dies(name)
receive(open_body(Path(sys.argv[1])), open_bundle(Path(sys.argv[2])))
"""


def test_killed_at_any_step_the_last_good_one_stands(tmp_path: Path) -> None:
    body = bundled.office(tmp_path / "office", KNOWN)
    first = bundled.bundle(bundled.shown("reports", bundled.counts_of("reports", 1)))
    receive(body, bundled.sealed(first))
    then = replace(first, number=2, follows=sign(first, bundled.KEY).digest, software="0.2")
    file = tmp_path / "then.zip"
    file.write_bytes(bundled.data(then))
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    stood = []
    for steps in range(40):
        done = subprocess.run(
            [sys.executable, str(script), str(body.folder), str(file), str(steps)],
            env={**os.environ, "PYTHONPATH": str(Path.cwd())}, capture_output=True, text=True,
        )  # fmt: skip
        (found,) = received(open_body(body.folder))
        assert found.bundle in (first, then)
        stood.append(found.bundle.number)
        if done.returncode == 0:
            break
        assert done.returncode == 9, done.stderr
    assert stood[0] == 1 and stood[-1] == 2 and stood == sorted(stood)
    assert len(stood) > 4
    names = {p.name for p in (body.var / "received").iterdir() if p.is_dir()}
    assert {standing(body, bundled.FORCE).digest, sign(first, bundled.KEY).digest} <= names


def test_a_file_altered_in_the_store_is_found(tmp_path: Path) -> None:
    body = bundled.office(tmp_path, KNOWN)
    digest = receive(body, bundled.sealed()).sealed.digest
    path = body.var / store.FOLDER / digest / store.FILE
    whole = path.read_bytes()
    path.write_bytes(whole[:2000] + bytes([whole[2000] ^ 1]) + whole[2001:])
    with pytest.raises(InputMistake):
        received(body)
    path.write_bytes(bundled.data(bundled.bundle(software="0.9")))
    with pytest.raises(InputMistake, match="not the bundle that its folder names"):
        received(body)


def test_a_bundle_in_the_store_is_not_believed_once_the_key_is_another(tmp_path: Path) -> None:
    body = bundled.office(tmp_path, KNOWN)
    receive(body, bundled.sealed())
    with pytest.raises(InputMistake, match="but the force's key here is"):
        received(bundled.office(tmp_path, public_of(bundled.OTHER_KEY)))


@pytest.mark.parametrize("text", ["", "[]", "{"])
def test_a_pointer_that_cannot_be_read_says_what_to_do(tmp_path: Path, text: str) -> None:
    body = bundled.office(tmp_path, KNOWN)
    receive(body, bundled.sealed())
    (body.var / store.FOLDER / store.CURRENT).write_text(text)
    with pytest.raises(InputMistake, match="Receive the force's last bundle again"):
        received(body)


# --- the force's key and numbers


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    body = bundled.office(tmp_path)
    key, made = private_key(body)
    again, made_again = private_key(body)
    assert (made, made_again) == (True, False)
    assert public_of(key) == public_of(again)
    path = body.var / "keys" / "bundle.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["bundle.key"]


@pytest.mark.skipif(os.name != "posix", reason="rights of files as POSIX has them")
def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    body = bundled.office(tmp_path)
    private_key(body)
    (body.var / "keys" / "bundle.key").chmod(0o640)
    with pytest.raises(InputMistake, match="chmod 600"):
        private_key(body)


@pytest.mark.parametrize("text", [b"", b"secret", b"-----BEGIN PRIVATE KEY-----\n-----END\n"])
def test_what_is_no_key_is_said_without_quoting_it(tmp_path: Path, text: bytes) -> None:
    body = bundled.office(tmp_path)
    private_key(body)
    (body.var / "keys" / "bundle.key").write_bytes(text)
    with pytest.raises(InputMistake, match="not a signing key") as refused:
        private_key(body)
    assert "secret" not in str(refused.value)


def test_a_bundle_that_says_the_same_is_the_same_and_another_is_the_next() -> None:
    first = numbered(bundled.bundle(), bundled.KEY, None)
    last = Last(1, "", first.digest, first.digest)
    assert numbered(bundled.bundle(), bundled.KEY, last) == first
    other = numbered(bundled.bundle(software="0.2"), bundled.KEY, last)
    assert (other.bundle.number, other.bundle.follows) == (2, first.digest)
