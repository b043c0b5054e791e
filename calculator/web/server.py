"""The production server."""

from __future__ import annotations

import sys
import threading

from calculator.errors import InputError


def serve(host: str, port: int, workers: int) -> None:
    """Serve until interrupted. Raises InputError when the address cannot be used."""
    from waitress import create_server

    from calculator.editions import open_edition
    from calculator.render.pdf import warm_up
    from calculator.web import create_app

    edition = open_edition()
    app = create_app()
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=workers,
            ident="moa287",
            max_request_body_size=app.config["MAX_CONTENT_LENGTH"],
        )
    except (OSError, ValueError) as error:
        # waitress raises ValueError for a host that has no address.
        reason = getattr(error, "strerror", None) or str(error).rstrip(".")
        raise InputError(
            f"serve: {host}:{port} cannot be used ({reason}). Choose another --host or --port."
        ) from error
    shown = f"[{host}]" if ":" in host else host
    print(
        f"moa287 with edition {edition.id} is at http://{shown}:{port}/  (Ctrl+C stops it)",
        file=sys.stderr,
        flush=True,
    )
    # The first report is slow to start; the page does not wait for it.
    threading.Thread(target=warm_up, daemon=True).start()
    try:
        server.run()
    finally:
        server.close()
