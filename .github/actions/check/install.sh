#!/usr/bin/env bash
# Installs the program into an environment of its own, so that nothing of the job is changed: the
# version that was asked for, or what lies beside this action.
set -euo pipefail

wanted="$GITHUB_ACTION_PATH/../../.."
if [[ -n "$UNBUDGET_VERSION" ]]; then
    # A version is a version: nothing that pip could take for an address or an option.
    if [[ ! "$UNBUDGET_VERSION" =~ ^[0-9][0-9A-Za-z.+!-]*$ ]]; then
        echo "::error title=unbudget-check::the input 'version' must be a version such as 0.1.0"
        exit 2
    fi
    wanted="unbudget-check==$UNBUDGET_VERSION"
fi

home="$RUNNER_TEMP/unbudget-check"
python="$(command -v python || command -v python3)"
"$python" -m venv --without-pip "$home"
if [[ -x "$home/bin/python" ]]; then bin="$home/bin"; else bin="$home/Scripts"; fi
"$python" -m pip --python "$home" install --quiet --disable-pip-version-check "$wanted"
"$bin/unbudget-check" --version
echo "UNBUDGET_BIN=$bin" >> "$GITHUB_ENV"
