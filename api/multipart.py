"""A form with a file, read as it arrives: the file's bytes are handed on, never gathered."""

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from pipeline.errors import InvalidInput

FILE_FIELD = "file"
MAX_FIELDS = 20
MAX_FIELD_BYTES = 4_096


class FormReader:
    """Takes a form's bytes piece by piece and gives back those of the file in the field ``file``.

    All its errors are :class:`InvalidInput`.
    """

    def __init__(self, content_type: str) -> None:
        boundary = parse_options_header(content_type)[1].get(b"boundary")
        if not boundary:
            raise InvalidInput("The content type names no boundary.")
        self.fields: dict[str, str] = {}
        self.file_name: str | None = None
        self._name = ""
        self._header: tuple[bytes, bytes] = (b"", b"")
        self._value = bytearray()
        self._file = bytearray()
        self._ended = False
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin_part,
                    "on_part_data": self._take_data,
                    "on_part_end": self._end_part,
                    "on_header_field": self._take_header_name,
                    "on_header_value": self._take_header_value,
                    "on_header_end": self._end_header,
                    "on_end": self._end,
                },
            )
        except FormParserError as error:
            raise InvalidInput(f"The form cannot be read: {error}") from None

    def feed(self, chunk: bytes) -> bytes:
        """Take the next bytes of the form and give those of the file among them."""
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise InvalidInput(f"The form cannot be read: {error}") from None
        data = bytes(self._file)
        self._file.clear()
        return data

    def finish(self) -> None:
        """Say that no more bytes come."""
        if not self._ended:
            raise InvalidInput("The form is cut off.")
        if self.file_name is None:
            raise InvalidInput(f"The form has no file in a field named `{FILE_FIELD}`.")

    def _begin_part(self) -> None:
        self._name = ""
        self._value.clear()

    def _take_header_name(self, data: bytes, start: int, end: int) -> None:
        name, value = self._header
        self._header = (name + data[start:end], value)

    def _take_header_value(self, data: bytes, start: int, end: int) -> None:
        name, value = self._header
        self._header = (name, value + data[start:end])

    def _end_header(self) -> None:
        name, value = self._header
        self._header = (b"", b"")
        if name.lower() != b"content-disposition":
            return
        options = parse_options_header(value)[1]
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        if self._name == FILE_FIELD:
            if self.file_name is not None:
                raise InvalidInput(f"The form has two files in the field `{FILE_FIELD}`.")
            self.file_name = options.get(b"filename", b"").decode("utf-8", "replace")

    def _take_data(self, data: bytes, start: int, end: int) -> None:
        if self._name == FILE_FIELD:
            self._file += data[start:end]
            return
        self._value += data[start:end]
        if len(self._value) > MAX_FIELD_BYTES:
            raise InvalidInput(f"A field of the form is longer than {MAX_FIELD_BYTES:,} bytes.")

    def _end_part(self) -> None:
        if self._name == FILE_FIELD:
            return
        self.fields[self._name] = self._value.decode("utf-8", "replace")
        if len(self.fields) > MAX_FIELDS:
            raise InvalidInput(f"The form has more than {MAX_FIELDS} fields.")

    def _end(self) -> None:
        self._ended = True
