"""A page of a real browser that notes what it complains of."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "sample_candidates"


class Tab:
    """A page of the browser, and what it complained of: errors, violations of the policy, requests elsewhere."""

    def __init__(self, context, server):
        self.address = f"http://127.0.0.1:{server.port}"
        self.page = context.new_page()
        self.complaints = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)
        self.page.on("dialog", self._opened)
        self.page.set_default_timeout(10_000)

    def go(self, path):
        """Open an address of the server; return the page."""
        self.page.goto(self.address + path)
        return self.page

    def _heard(self, message):
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def _asked(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked elsewhere: {request.url}")

    def _opened(self, dialog):
        self.complaints.append(f"opened a dialog: {dialog.message}")
        dialog.dismiss()
