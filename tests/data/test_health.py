"""The health of the book and of the place it lies in."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.data.health import examine, network_mount, place_warnings, synced_by


def test_a_whole_book_is_whole(path: Path) -> None:
    health = examine(path)
    assert (health.whole, health.details) == (True, ())


@pytest.mark.parametrize("harm", ["pages", "cut", "header"])
def test_damage_is_found(path: Path, harm: str) -> None:
    content = bytearray(path.read_bytes())
    if harm == "pages":
        for place in range(8192, len(content), 4096):
            content[place : place + 64] = b"\xff" * 64
    elif harm == "cut":
        del content[len(content) // 2 :]
    else:
        content[:16] = b"\x00" * 16
    path.write_bytes(content)
    health = examine(path)
    assert not health.whole
    assert health.details


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - Firm", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("我的坚果云", "坚果云"),
        ("Nutstore", "坚果云"),
        ("com~apple~CloudDocs", "iCloud"),
        ("Documents", None),
        ("Dropboxes", None),
    ],
)
def test_folders_of_services_are_known(folder: str, service: str | None) -> None:
    assert synced_by(folder) == service
    warnings = place_warnings(Path("/home/x") / folder / "book.crm")
    assert [w.args.get("service") for w in warnings] == ([service] if service else [])


def test_network_mounts_are_known() -> None:
    table = "/dev/sda1 / ext4 rw 0 0\n//nas/x /mnt/my\\040nas cifs rw 0 0\nbroken\n"
    assert network_mount(table, Path("/mnt/my nas/book.crm"))
    assert not network_mount(table, Path("/home/x/book.crm"))
    assert place_warnings(Path("//server/share/book.crm"))[0].code == "book.network_folder"
