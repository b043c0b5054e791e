"""The `moa287` command.

Exit 0: done. Exit 1: a check failed. Exit 2: bad input, with one line for each
problem: what is wrong, where, what to do. Exit 130: interrupted. Heavy modules are loaded by the
subcommand that needs them.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from calculator.errors import CheckFailed, InputError, RenderError

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
NONE_SEALED = "No edition is sealed yet. Name the draft with 'draft'."


class Parser(argparse.ArgumentParser):
    """Arguments that cannot be used end in one line and exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Print the message and leave."""
        self.exit(BAD_INPUT, f"{self.prog}: {message}. See '{self.prog} --help'.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    _speak_utf8()
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.version:
        return _version()
    if "run" not in options:
        parser.print_help()
        return DONE
    try:
        return int(options.run(options))
    except InputError as error:
        _complain(error)
        return BAD_INPUT
    except (CheckFailed, RenderError) as error:
        _complain(error)
        return FAILED
    except BrokenPipeError:
        # The reader of a pipe left early; nothing is wrong.
        _drop_output()
        return DONE
    except KeyboardInterrupt:
        print("\nInterrupted; nothing was written.", file=sys.stderr)
        return INTERRUPTED


def _speak_utf8() -> None:
    # A pipe may be set to an older encoding that has no minus sign or accented name.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A file may have a name that is not UTF-8; naming it must not fail.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    # What is left in the buffer must not fail once more when the program ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(error: Exception) -> None:
    from calculator.render.formats import harmless

    for line in str(error).split("\n"):
        print(harmless(line), file=sys.stderr)


def _parser() -> Parser:
    parser = Parser(prog="moa287", description="What a 287(g) agreement would cost a local agency.")
    parser.add_argument("--version", action="store_true", help="versions of the program and of its libraries")
    commands = parser.add_subparsers(title="commands", parser_class=Parser)

    estimate = commands.add_parser("estimate", help="estimate every option for a scenario file")
    estimate.add_argument("file", metavar="FILE", help="a scenario file (YAML)")
    form = estimate.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the whole record as JSON")
    form.add_argument("--csv", action="store_true", help="the lines as CSV")
    estimate.add_argument("-o", "--output", metavar="PATH", help="write to a file instead of the screen")
    estimate.set_defaults(run=_estimate)

    report = commands.add_parser("report", help="make a PDF report")
    report.add_argument("kind", choices=["brief"], help="the two-page commissioner brief")
    report.add_argument("file", metavar="FILE", help="a scenario file (YAML)")
    report.add_argument("-o", "--output", metavar="PATH", required=True, help="the PDF to write")
    report.set_defaults(run=_report)

    scenario = commands.add_parser("scenario", help="what a scenario file may hold")
    scenario.add_argument("--fields", action="store_true", help="every field: path, link name, unit, bounds")
    scenario.set_defaults(run=_scenario)

    editions = commands.add_parser("editions", help="list, show, check, fit and seal assumption editions")
    editions.set_defaults(run=_editions_list)
    actions = editions.add_subparsers(title="actions", parser_class=Parser)
    listing = actions.add_parser("list", help="every sealed edition; the same as no action")
    listing.set_defaults(run=_editions_list)
    show = actions.add_parser("show", help="one edition, or one assumption of it")
    show.add_argument("id", help="an edition (2026.1), or an assumption id (training.initial_hours)")
    show.add_argument("--edition", help="the edition to read the assumption from; the newest by default")
    show.set_defaults(run=_editions_show)
    check = actions.add_parser("check", help="verify an edition's checksums, schema and references")
    check.add_argument("id", nargs="?", help="an edition, or draft; all by default")
    check.set_defaults(run=_editions_check)
    seal = actions.add_parser("seal", help="seal the draft as a new edition")
    seal.add_argument("id", help="year.number, such as 2026.2")
    seal.set_defaults(run=_editions_seal)

    fit = actions.add_parser(
        "fit", help="frequency and severity of claims, worked out again from the case table"
    )
    fit.add_argument("id", nargs="?", help="an edition; the newest by default")
    fit.set_defaults(run=_editions_fit)

    backtest = commands.add_parser("backtest", help="compare with costs that were published")
    backtest.set_defaults(run=_backtest)

    bench = commands.add_parser("bench", help="measure speed on this machine, as ratios where possible")
    bench.add_argument(
        "--accuracy", action="store_true", help="compare simulated losses with two other ways instead"
    )
    bench.add_argument("--full", action="store_true", help="with the longest run and its peak memory")
    bench.set_defaults(run=_bench)

    serve = commands.add_parser("serve", help="start the form on this machine")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", type=_port, default=8287, help="port (default 8287)")
    serve.add_argument("--workers", type=_workers, default=4, help="threads (default 4)")
    serve.set_defaults(run=_serve)
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"the port is a whole number from 1 to 65535, not '{text[:20]}'")
    return int(text)


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"workers is a whole number from 1 to 64, not '{text[:20]}'")
    return int(text)


def _version() -> int:
    from calculator.version import versions

    for name, number in versions().items():
        print(f"{name} {number}")
    return DONE


def write(path: str, content: bytes) -> None:
    """Write a file whole or not at all. Raises InputError when the place cannot be written."""
    target = Path(path)
    if target.is_dir():
        raise InputError(f"{path}: it is a folder. Name the file to write with -o.")
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".moa287-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            # mkstemp makes private files; a report is meant to be shared as any other new file.
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(temporary, 0o666 & ~umask)
            os.replace(temporary, target)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror}). Choose another place with -o."
        ) from error


def _emit(text: str, output: str | None) -> None:
    if output is None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            _drop_output()
            raise InputError(
                f"The output cannot be written ({error.strerror}). Name a file with -o."
            ) from error
    else:
        write(output, text.encode())
        print(f"Wrote {output}", file=sys.stderr)


def _tell(done: int, draws: int) -> None:
    """How far a long run has come, for somebody who waits at a terminal."""
    if sys.stderr.isatty():
        end = "\n" if done == draws else ""
        print(f"\r{done:,} of {draws:,} draws", end=end, file=sys.stderr, flush=True)


def _estimate(options: argparse.Namespace) -> int:
    from calculator.estimate import estimate
    from calculator.scenario import Scenario

    result = estimate(Scenario.from_file(Path(options.file), options.file), progress=_tell)
    if options.json:
        from calculator.render.record import to_json

        _emit(to_json(result), options.output)
    elif options.csv:
        from calculator.render.table import to_csv

        _emit(to_csv(result), options.output)
    else:
        from calculator.render.screen import to_text

        _emit(to_text(result), options.output)
    return DONE


def _report(options: argparse.Namespace) -> int:
    from calculator.estimate import estimate
    from calculator.render.briefing import brief_pdf
    from calculator.scenario import Scenario

    result = estimate(Scenario.from_file(Path(options.file), options.file), progress=_tell)
    write(options.output, brief_pdf(result))
    print(f"Wrote {options.output}", file=sys.stderr)
    return DONE


def _scenario(options: argparse.Namespace) -> int:
    from calculator.scenario import fields_table

    print(fields_table())
    return DONE


def _editions_list(options: argparse.Namespace) -> int:
    from calculator.editions import edition_ids, open_edition

    if not edition_ids():
        print(NONE_SEALED)
    for edition_id in edition_ids():
        edition = open_edition(edition_id)
        print(f"{edition.id}  released {edition.header.released}  {edition.digest}")
        print(f"    {edition.header.summary}")
    return DONE


def _editions_show(options: argparse.Namespace) -> int:
    from calculator.editions import edition_ids, open_edition
    from calculator.render.screen import assumption_text, edition_text

    if options.id in (*edition_ids(), "draft"):
        print(edition_text(open_edition(options.id)))
    else:
        print(assumption_text(open_edition(options.edition), options.id))
    return DONE


def _editions_check(options: argparse.Namespace) -> int:
    from calculator.editions import edition_ids, open_edition

    if not options.id and not edition_ids():
        print(NONE_SEALED)
    for edition_id in [options.id] if options.id else edition_ids():
        edition = open_edition(edition_id)
        print(
            f"{edition.id}: {len(edition.files)} files agree, digest {edition.digest or 'none (not sealed)'}"
        )
    return DONE


def _editions_seal(options: argparse.Namespace) -> int:
    from calculator.editions.seal import seal
    from calculator.paths import data_folder

    digest = seal(options.id, data_folder("assumptions"))
    print(f"Sealed {options.id}, digest {digest}")
    return DONE


def _editions_fit(options: argparse.Namespace) -> int:
    from calculator.editions import open_edition
    from calculator.liability.fit import fit_text

    print(fit_text(open_edition(options.id)))
    return 0


def _backtest(options: argparse.Namespace) -> int:
    from calculator.backtest import backtest_text

    text, all_within = backtest_text()
    print(text)
    return DONE if all_within else FAILED


def _bench(options: argparse.Namespace) -> int:
    from calculator.bench import EXAMPLE, bench_text

    if options.accuracy:
        from calculator.accuracy import accuracy_text
        from calculator.editions import open_edition

        print(accuracy_text(EXAMPLE, open_edition()))
        return 0
    print(bench_text(full=options.full))
    return DONE


def _serve(options: argparse.Namespace) -> int:
    from calculator.web.server import serve

    serve(options.host, options.port, options.workers)
    return DONE


if __name__ == "__main__":
    sys.exit(main())
