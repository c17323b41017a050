# One image for every part of the engine; docker-compose.yml says which part a container is.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    LEADS_DATA_DIR=/data

RUN useradd --uid 10001 --create-home leads && install -d -o leads -g leads -m 0700 /data
WORKDIR /app

# The packages change less often than the code: their layer is kept.
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock

COPY pyproject.toml README.md LICENSE* ./
COPY pipeline pipeline
COPY scrapers scrapers
COPY workers workers
COPY api api
COPY templates templates
RUN pip install --no-deps --no-build-isolation --editable .

USER leads
VOLUME /data
EXPOSE 8000
CMD ["uvicorn", "api.main:app", "--host", "0.0.0.0", "--port", "8000", "--no-access-log"]
