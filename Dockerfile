# unbudget-check in a container: no Python on the machine is needed, and no network when it runs.
#
#   docker build --tag unbudget-check .
#   docker run --rm --network none --volume "$PWD:/work:ro" unbudget-check check .
#
# To write reports into the folder, mount it without ":ro" and add --user "$(id -u):$(id -g)".

FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY rules rules
COPY unbudget_check unbudget_check
# Compiled here, because nobody may write there later.
RUN python -m venv /opt/unbudget-check \
    && /opt/unbudget-check/bin/python -m pip install --no-cache-dir --compile .

FROM python:3.13-slim
LABEL org.opencontainers.image.title="unbudget-check" \
    org.opencontainers.image.description="Proves which printed figures of a budget contradict each other" \
    org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/unbudget-check /opt/unbudget-check
ENV PATH="/opt/unbudget-check/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1
# Nobody in particular: documents are read as this user unless --user names another one.
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["unbudget-check"]
CMD ["--help"]
