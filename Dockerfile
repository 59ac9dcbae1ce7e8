# The desk, small and without privileges. Build with `docker compose build`.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /desk \
 && /desk/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock \
 && /desk/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements-build.lock
COPY pyproject.toml README.md ./
COPY syndicator ./syndicator
RUN /desk/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /desk/bin/pip uninstall -y hatchling editables

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /srv desk \
 && mkdir -p /srv/config /srv/data /srv/feeds && chown -R desk /srv/data /srv/feeds
COPY --from=build /desk /desk
COPY config /srv/config
WORKDIR /srv
USER desk
ENV PATH=/desk/bin:$PATH PYTHONUNBUFFERED=1 SYNDICATOR_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=2)"]
CMD ["syndicator", "run"]
