"""Provision BuddyPress communities from declarative YAML blueprints."""
