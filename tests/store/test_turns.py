"""Whose turn it is to write: given back whatever happens, and in nobody's way who has a right to it."""

import errno
import os
from pathlib import Path

import pytest

from service.store import turns
from service.store.turns import Turn

SOMEBODY = 65534


def opened():
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_process_forked_meanwhile_does_not_keep_the_turn(tmp_path):
    turn = Turn(tmp_path / "turn")
    assert turn.take(1)
    inherited = os.dup(turn._descriptor)  # noqa: SLF001 - what a fork leaves the child with
    turn.give_back()
    other = Turn(tmp_path / "turn")
    assert other.take(0)
    other.give_back()
    os.close(inherited)


def test_a_turn_that_cannot_be_taken_keeps_nothing_open(tmp_path, monkeypatch):
    def no_locks(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    turn = Turn(tmp_path / "turn")
    before = opened()
    with monkeypatch.context() as without:
        without.setattr(turns.fcntl, "flock", no_locks)
        for _ in range(3):
            with pytest.raises(OSError, match="No locks"):
                turn.take(1)
    assert opened() == before
    assert turn.take(1)
    turn.give_back()


def test_the_file_of_a_turn_is_its_folders_owners_whoever_made_it(tmp_path):
    if os.geteuid() == 0:
        os.chown(tmp_path, SOMEBODY, SOMEBODY)
    turn = Turn(tmp_path / "turn")
    assert turn.take(1)
    turn.give_back()
    assert (tmp_path / "turn").stat().st_uid == tmp_path.stat().st_uid
