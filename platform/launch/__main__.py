"""The command line: `python -m launch demo | smoke | with-servers`."""

import argparse
import errno
import os
import sys
from pathlib import Path

from launch.demo import run_demo
from launch.errors import LaunchError
from launch.project import ROOT
from launch.smoke import run_smoke
from launch.with_servers import run_beside_servers


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    root = argparse.ArgumentParser(prog="python -m launch", description="Start Tenon on this machine.")
    commands = root.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="start everything with demonstration data, until Ctrl-C")
    demo.add_argument("--data", type=Path, default=ROOT / ".data" / "demo", help="the folder that keeps everything")
    demo.add_argument("--port", type=int, default=os.environ.get("TENON_PORT") or 8000)
    commands.add_parser("smoke", help="start a throw-away demonstration, check it over HTTP, stop it")
    beside = commands.add_parser("with-servers", help="run a command beside throw-away servers")
    beside.add_argument("words", nargs=argparse.REMAINDER, metavar="-- COMMAND …")
    return root


def run(arguments: list[str]) -> int:
    """Run one command and return the exit code of the process; raises LaunchError."""
    options = parser().parse_args(arguments)
    if options.command == "demo":
        return run_demo(options.data, options.port)
    if options.command == "smoke":
        return run_smoke()
    words = options.words[1:] if options.words[:1] == ["--"] else options.words
    if not words:
        raise LaunchError("Say which command to run: python -m launch with-servers -- COMMAND")
    return run_beside_servers(words)


def main() -> None:
    """Turn what went wrong into one sentence and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show ✓ must not end the program.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # both are text files unless replaced
    try:
        sys.exit(run(sys.argv[1:]))
    except LaunchError as error:
        sys.exit(f"tenon: {error}")
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.exit("tenon: The disk is full: free some space and start again.")


if __name__ == "__main__":
    main()
