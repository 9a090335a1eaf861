"""Tools for those who write rules: what is wrong with a rule, whether it is proven, and why it did not fire."""
