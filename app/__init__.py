"""create_app(): config, extensions, rooms, gate."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from typing import Any

from flask import Flask, request

from app import access, accounts, background, cli, db, health, jobs, web
from app.config import Config

ROOMS = (
    "accounts", "people", "competencies", "assessments", "rounds", "rating", "profiles", "conversations", "practice",
    "development", "pulses", "checkins", "dossier", "team", "trainings", "needs", "training_plans", "progress", "home",
)


class Application(Flask):
    """Logs nothing that an address holds: behind /b/ that is the key to somebody's answers."""

    def log_exception(self, exc_info: Any) -> None:
        self.logger.error("error at %s", request.endpoint, exc_info=exc_info)


def create_app(config: Config | None = None) -> Flask:
    """The application. Raises ConfigError when the surroundings cannot work."""
    config = config or Config.from_env()
    app = Application(__name__, instance_path=str(config.instance_dir), static_folder=None)
    app.config.update(
        SETTINGS=config,
        TESTING=config.testing,
        SECRET_KEY=config.key("session"),
        SQLALCHEMY_ENGINES={
            "default": {
                "url": config.database_url,
                "pool_pre_ping": True,      # a restart of the database costs nobody a request
                "hide_parameters": True,    # what people typed does not end in a log
            }
        },
        PERMANENT_SESSION_LIFETIME=dt.timedelta(hours=12),
        MAX_CONTENT_LENGTH=2_000_000,
        MAX_FORM_MEMORY_SIZE=2_000_000,
    )
    access.init_app(app, check_csrf=web.check_csrf, signed_out=accounts.sign_in_first)
    web.init_app(app, config)
    db.init_app(app)
    background.init_app(app, config)
    for room in ROOMS:
        import_module(f"app.{room}").init_app(app)
    health.init_app(app)
    jobs.init_app(app)
    cli.init_app(app)
    return app
