"""The sample: a believable territory, always the same, written by `python -m tests.sample [OUT]`."""
