"""The sample: a believable territory, always the same, written by `python -m radar_tui.store.sample [OUT]`."""
