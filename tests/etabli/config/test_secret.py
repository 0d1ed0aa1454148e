"""The signing key of an installation that was given none."""

from concurrent.futures import ThreadPoolExecutor

from etabli.config.secret import secret_key_in


def test_the_key_is_drawn_once_and_kept_to_its_owner(tmp_path):
    key = secret_key_in(tmp_path)
    assert len(key) >= 50
    assert secret_key_in(tmp_path) == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_two_installations_have_two_keys(tmp_path):
    one, two = tmp_path / "a", tmp_path / "b"
    one.mkdir()
    two.mkdir()
    assert secret_key_in(one) != secret_key_in(two)


def test_processes_that_start_together_share_the_key_of_the_first(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key_in(tmp_path), range(16)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
