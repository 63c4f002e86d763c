"""Front ends: they gather what a person gives and show what `diagnose` and `check` answer."""
