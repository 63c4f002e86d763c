"""Speed as ratios: every figure and its peer measured side by side in one run, in CPU time, medians."""
