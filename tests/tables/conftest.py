from intake.conftest import files, reader  # noqa: F401 - fixtures
