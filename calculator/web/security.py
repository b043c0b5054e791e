"""Headers of every answer: nothing from elsewhere, nothing inline, nothing kept."""

from __future__ import annotations

from flask import Flask, Response, abort, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
LASTING = ("site.static", "static", "site.font")


# Every answer of the form with its reason fits several times over.
LONGEST_LINK = 32_768
LONGEST_BODY = 65_536


def register(app: Flask) -> None:
    """Add the headers to every response; refuse what is far larger than any form."""

    @app.before_request
    def refuse_oversize() -> None:
        if len(request.query_string) > LONGEST_LINK:
            abort(414)
        if (request.content_length or 0) > LONGEST_BODY:
            abort(413)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        lasting = request.endpoint in LASTING and response.status_code == 200
        # A result holds what somebody typed: it is not kept in shared caches.
        response.headers["Cache-Control"] = "public, max-age=86400" if lasting else "no-store"
        return response
