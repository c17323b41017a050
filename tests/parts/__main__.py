"""``python -m tests.parts``: name every real part the tests use; install a missing browser."""

from tests.parts import chromium, postgres
from workers.broker import find_server

print(f"PostgreSQL  {postgres.find_binaries()}")
print(f"Valkey      {find_server()}")
print(f"Chromium    {chromium.find_chromium() or chromium.install_chromium()}")
