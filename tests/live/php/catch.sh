#!/bin/sh
# Stands in for sendmail: keeps each mail in a file of its own, in the folder named first.
exec cat > "$(mktemp "$1/XXXXXXXXXXXX")"
