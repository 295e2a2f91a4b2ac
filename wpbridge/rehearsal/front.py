"""The site's front page, which tells where its API is."""

from html import escape

from werkzeug.wrappers import Response

from wpbridge.rehearsal.store import Store


def page(store: Store, url: str, path: str) -> Response:
    """A page with the Link header that ``rest_output_link_header`` sends."""
    if path != "/":
        return Response("Not found", 404)
    name = escape(str(store.option("blogname", "")))
    body = f"<!doctype html><title>{name}</title><h1>{name}</h1>"
    link = f'<{url}/wp-json/>; rel="https://api.w.org/"'
    return Response(body, mimetype="text/html", headers={"Link": link})
