"""``python -m ui.cli`` and the bundle start here."""

from ui.cli.main import main

raise SystemExit(main())
