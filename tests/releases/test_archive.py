from __future__ import annotations

import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rollkeeper.releases import inflate
from rollkeeper.releases.archive import open_release
from rollkeeper.releases.inflate import DEFLATE, DEFLATE64
from rollkeeper.releases.packing import pack_folder
from rollkeeper.releases.problems import ReleaseRefused
from tests.releases.tiny import pack, row, write_release


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cases = [row("A_TblCase", IDNCASE=str(number), NAT="MX", CASEPRIORITY_CODE="N/A") for number in range(1, 4001)]
    return write_release(tmp_path / "whole", {"A_TblCase": [*cases]})


@pytest.mark.parametrize("method", [DEFLATE, DEFLATE64])
def test_a_zip_holds_what_its_folder_holds(folder: Path, tmp_path: Path, method: int) -> None:
    target = tmp_path / "release.zip"

    pack_folder(folder, target, method_of=lambda path: method)

    assert open_release(target).digest() == open_release(folder).digest()
    assert open_release(target).date == "2026-07-01"


def test_deflate64_is_what_other_programs_call_deflate64(folder: Path, tmp_path: Path) -> None:
    """The standard library reads the directory, and refuses the method by its number, 9."""
    target = tmp_path / "release.zip"
    pack_folder(folder, target, method_of=lambda path: DEFLATE64)

    with zipfile.ZipFile(target) as archive:
        assert {info.compress_type for info in archive.infolist()} == {9}
        with pytest.raises(NotImplementedError):
            archive.read(archive.infolist()[0])


def test_members_are_found_at_any_depth_and_in_any_letter_case(folder: Path, tmp_path: Path) -> None:
    deeper = tmp_path / "a" / "b" / "c"
    shutil.copytree(folder, deeper / "EOIR Case Data 2026-0701")
    member = next(deeper.rglob("A_TblCase.csv"))
    member.rename(member.with_name("a_TBLcase.CSV"))

    release = open_release(tmp_path / "a")

    found = release.find("A_TblCase")
    assert found is not None
    assert found.name == "a_TBLcase.CSV"


def test_reading_keeps_memory_bounded(folder: Path, tmp_path: Path) -> None:
    """However large a member is, one step unpacks no more than 64 KiB of packed bytes."""
    target = tmp_path / "zeros.zip"
    (folder / "EOIR Case Data" / "tblAppeal.csv").write_bytes(b"0" * (12 << 20))
    pack_folder(folder, target, method_of=lambda path: DEFLATE)
    release = open_release(target)
    member = release.find("tblAppeal")
    assert member is not None

    with release.open(member) as stream:
        total = 0
        while data := stream.read(1 << 20):
            total += len(data)

    assert total == member.size == 12 << 20
    assert inflate.CHUNK == 1 << 16


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def _cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _not_a_zip(path: Path) -> None:
    path.write_bytes(b"This is a web page that says that the file has moved." * 50)


@pytest.mark.parametrize("harm", [_cut, _cut_in_half, _empty, _not_a_zip])
def test_a_half_written_zip_is_refused_in_one_sentence(
    folder: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    target = pack(folder, tmp_path / "release.zip")
    harm(target)

    with pytest.raises(ReleaseRefused, match=r"^release\.zip is not a whole zip file .*; fetch it again\.$"):
        open_release(target)


def test_a_flipped_byte_is_found_by_the_checksum(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "release.zip"
    pack_folder(folder, target, method_of=lambda path: DEFLATE)
    data = bytearray(target.read_bytes())
    with zipfile.ZipFile(target) as archive:
        info = archive.getinfo("EOIR Case Data 2026-0701/EOIR Case Data/A_TblCase.csv")
    data[info.header_offset + 30 + len(info.filename) + 20 + info.compress_size // 2] ^= 0x10
    target.write_bytes(bytes(data))

    with pytest.raises(ReleaseRefused, match=r"A_TblCase\.csv in release\.zip is damaged or cut short"):
        open_release(target).digest()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/cron.d/x.csv",
        "/etc/passwd.csv",
        "C:\\x.csv",
        "a/../../x.csv",
        "..\\x.csv",
        "x\x00.csv",
        "bell\x07.csv",
    ],
)
def test_a_hostile_name_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    target = pack(folder, tmp_path / "release.zip", extra={name.replace("\x00", "!"): b"x"})
    if "\x00" in name:
        data = target.read_bytes()
        target.write_bytes(data.replace(b"x!.csv", b"x\x00.csv"))
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(ReleaseRefused, match="not a safe name; nothing was loaded") as refusal:
        open_release(target)

    assert str(refusal.value).isprintable()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("not part of the release")
    (folder / "Lookup").mkdir()
    (folder / "Lookup" / "tblLanguage.csv").symlink_to(secret)

    with pytest.raises(ReleaseRefused, match="points outside the release folder"):
        open_release(folder)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(folder: Path, tmp_path: Path) -> None:
    (folder / "EOIR Case Data" / "tblAppeal.csv").write_bytes(b"0" * (64 << 20))
    target = pack(folder, tmp_path / "release.zip")

    with pytest.raises(ReleaseRefused, match=r"would unpack to 67,108,864 bytes, far more than such a file holds"):
        open_release(target)


def test_a_member_that_unpacks_to_more_than_it_says_is_refused(folder: Path, tmp_path: Path) -> None:
    target = pack(folder, tmp_path / "release.zip")
    data = bytearray(target.read_bytes())
    place = data.index(b"PK\x01\x02")
    while b"A_TblCase.csv" not in data[place : place + 140]:
        place = data.index(b"PK\x01\x02", place + 4)
    data[place + 24 : place + 28] = struct.pack("<I", 10)
    target.write_bytes(bytes(data))

    with pytest.raises(ReleaseRefused, match="damaged or cut short"):
        open_release(target).digest()


def test_an_encrypted_member_is_refused(folder: Path, tmp_path: Path) -> None:
    target = pack(folder, tmp_path / "release.zip")
    data = bytearray(target.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    target.write_bytes(bytes(data))

    with pytest.raises(ReleaseRefused, match="is encrypted"):
        open_release(target)


def test_two_releases_in_one_folder_are_refused(folder: Path) -> None:
    shutil.copytree(folder / "EOIR Case Data", folder / "EOIR Case Data again")

    with pytest.raises(ReleaseRefused, match="give one release at a time"):
        open_release(folder)


def test_what_is_no_release_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(ReleaseRefused, match=r"holds no A_TblCase\.csv"):
        open_release(tmp_path / "empty")
    with pytest.raises(ReleaseRefused, match="neither a folder nor a zip"):
        open_release(tmp_path / "absent.zip")
