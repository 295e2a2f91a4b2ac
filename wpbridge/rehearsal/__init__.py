"""
The embedded site: a WSGI application that behaves like BuddyPress on WordPress.

It follows BuddyPress's and WordPress's own routes and quirks, over tables of
its own in SQLite, and imports nothing else of wpbridge: a site written to suit
its client would prove nothing.
"""

from wpbridge.rehearsal.app import App, create_app
from wpbridge.rehearsal.faults import LostConnection

__all__ = ["App", "LostConnection", "create_app"]
