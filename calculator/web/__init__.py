"""The web application: a form, a result that is a link, and the assumptions behind it. Nothing is stored."""

from calculator.web.app import create_app

__all__ = ["create_app"]
