"""The worker alone, where the web runs elsewhere: huey_consumer worker.huey"""

from app import create_app
from app.background import queue

app = create_app()
huey = queue(app)
