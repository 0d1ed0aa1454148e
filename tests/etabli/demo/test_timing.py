import json
import subprocess
import sys

from etabli.demo import server, timing


def test_each_page_is_timed_several_times(made):
    data, _ = made
    command = [sys.executable, "-m", "etabli.demo.timing", "/definitions/"]
    env = server.environment(data, 8000)
    done = subprocess.run(command, cwd=server.ROOT, env=env, check=True, capture_output=True, text=True)
    times = json.loads(done.stdout.splitlines()[-1])
    assert len(times["/definitions/"]) == timing.VISITS
    assert all(duration > 0 for duration in times["/definitions/"])


def test_a_page_that_is_not_there_is_not_timed(db, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ETABLI_DATA", str(tmp_path))
    monkeypatch.setattr(timing, "call_command", lambda *_, **__: None)  # the database of the tests is up to date
    assert timing.main(["/nulle-part/"]) == 1
    assert "/nulle-part/ répond 404" in capsys.readouterr().err
