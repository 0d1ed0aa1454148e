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


def test_a_page_that_is_not_there_is_not_timed(made):
    data, _ = made
    command = [sys.executable, "-m", "etabli.demo.timing", "/nulle-part/"]
    env = server.environment(data, 8000)
    done = subprocess.run(command, cwd=server.ROOT, env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "/nulle-part/ répond 404" in done.stderr
