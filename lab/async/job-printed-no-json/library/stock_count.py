#!/usr/bin/python
import sys

print("reading the shelves")
sys.stderr.write("stock_count: shelf 7 does not answer\n")
sys.exit(3)
