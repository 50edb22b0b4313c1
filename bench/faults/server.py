"""A server that is made to be killed: one process answers and works, another makes it anew.

Run as `python -m bench.faults.server PORT`: it loads the market once and, for every line it reads,
forks a child that answers on the port and runs jobs; the child's number is printed. Killing the
child takes requests and jobs with it, as a fault of the machine does.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from types import TracebackType

HOME = Path(__file__).resolve().parent.parent.parent
WAIT_SECONDS = 60


class Server:
    """The market on a port of this machine, until it is killed; as a context."""

    def __init__(self, env: Mapping[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._env, self._lock, self._pid = dict(env), Lock(), 0
        self.kills = 0

    def __enter__(self) -> Server:
        self._maker = subprocess.Popen(
            [sys.executable, "-m", "bench.faults.server", str(self.port)], cwd=HOME,
            env={**os.environ, **self._env}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True)
        self._start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None,
                 trace: TracebackType | None) -> None:
        os.kill(self._pid, signal.SIGKILL)
        assert self._maker.stdin is not None
        self._maker.stdin.close()
        self._maker.wait(WAIT_SECONDS)

    def _start(self) -> None:
        assert self._maker.stdin is not None
        assert self._maker.stdout is not None
        self._maker.stdin.write("another\n")
        self._maker.stdin.flush()
        self._pid = int(self._maker.stdout.readline())
        until = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < until:
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(.02)
        raise SystemExit("The server does not come up.")

    def kill(self) -> None:
        """SIGKILL, then a new one."""
        with self._lock:
            os.kill(self._pid, signal.SIGKILL)
            self.kills += 1
            self._start()


def main() -> int:
    """Make a child for every line."""
    from marketplace import create_app
    from marketplace.foundation.database import db

    app, port, child = create_app(), int(sys.argv[1]), 0
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for _line in sys.stdin:
        if child:
            os.waitpid(child, 0)
        child = os.fork()
        if child == 0:
            serve(app, port)
        print(child, flush=True)
    return 0


def serve(app: object, port: int) -> None:
    """Answer and work until killed."""
    import logging

    from werkzeug.serving import make_server

    from marketplace.foundation.jobs import Runner

    logging.disable(logging.CRITICAL)
    Runner(app, .2).start()  # type: ignore[arg-type]
    make_server("127.0.0.1", port, app, threaded=True).serve_forever()  # type: ignore[arg-type]
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
