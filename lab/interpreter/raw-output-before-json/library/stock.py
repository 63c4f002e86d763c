#!/usr/bin/python3
print("Stock: 41 items in 3 shelves")
