#!/bin/sh
echo "no token: log in first" >&2
exit 3
