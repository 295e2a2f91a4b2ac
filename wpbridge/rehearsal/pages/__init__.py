"""
Pages to look at: the community as a browser shows it.

They are read-only, need no login and no JavaScript, and show everything, as an
administrator would see it; where others see less, they say so. Every text is
escaped, and what was posted as HTML is taken apart and put together anew.

    answer    a request to a page, with the headers that keep it harmless
    views     which page a path means, and what it shows
    look      one look at the site: its clock, its options, what was asked
    people, gatherings, streams, profile, writings, letters
              queries, one to a section of a page
    safe      HTML from members, made harmless
    serving   the server, on loopback alone
"""

from wpbridge.rehearsal.pages.answer import answer

__all__ = ["answer"]
