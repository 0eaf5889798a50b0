"""`python -m radar_tui` is `radar`."""

from radar_tui.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
