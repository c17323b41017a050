"""Certificates of an authority of our own, good ones and bad ones, made anew for each run."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


@dataclass(frozen=True)
class Authority:
    """Signs certificates; ``trust`` is the context of a client that believes it."""

    folder: Path

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "authority.pem"))

    def certify(self, host: str, *, days: int = 2) -> ssl.SSLContext:
        """Give the context of a server that shows a certificate for ``host``."""
        key, request, signed = (self.folder / f"{host}.{end}" for end in ("key", "csr", "pem"))
        names = self.folder / f"{host}.ext"
        names.write_text(f"subjectAltName=DNS:{host}")
        subject = ["-subj", f"/CN={host}"]
        _openssl("req", *_KEY, *subject, "-keyout", str(key), "-out", str(request))
        authority = ["-CA", str(self.folder / "authority.pem"), "-CAkey", str(self._key)]
        dates = ["-days", str(days), "-set_serial", "7", "-extfile", str(names)]
        _openssl("x509", "-req", "-in", str(request), *authority, *dates, "-out", str(signed))
        return _serving(signed, key)

    @property
    def _key(self) -> Path:
        return self.folder / "authority.key"


def make_authority(folder: Path) -> Authority:
    """Make an authority that no system trusts."""
    authority = Authority(folder)
    paths = ["-keyout", str(authority._key), "-out", str(folder / "authority.pem")]
    _openssl("req", "-x509", *_KEY, "-days", "2", "-subj", "/CN=Tests", *paths)
    return authority


def _serving(certificate: Path, key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def _openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)
