"""Addresses are promises: none disappears or changes unnoticed."""

from __future__ import annotations

from pathlib import Path

from calculator.web import create_app

PROMISED = Path(__file__).with_name("routes.txt")


def test_the_routes_are_those_promised():
    routes = {rule.rule for rule in create_app().url_map.iter_rules()}
    assert sorted(routes) == PROMISED.read_text("utf-8").split()


def test_no_route_changes_anything():
    for rule in create_app().url_map.iter_rules():
        assert rule.methods <= {"GET", "HEAD", "OPTIONS"}
