#!/usr/bin/env bash
# Checks the documents once and writes every report; the exit code becomes an output of the step,
# so that what is uploaded after it does not depend on it.
set -euo pipefail

options=()
paths=()
[[ -n "$UNBUDGET_CONFIG" ]] && options+=(--config "$UNBUDGET_CONFIG")
[[ -n "$UNBUDGET_TRUST" ]] && options+=(--trust "$UNBUDGET_TRUST")
[[ -n "$UNBUDGET_FAIL_ON" ]] && options+=(--fail-on "$UNBUDGET_FAIL_ON")
[[ -n "$UNBUDGET_AGAINST" ]] && options+=("--against=$UNBUDGET_AGAINST")
if [[ "$UNBUDGET_ANNOTATIONS" == true ]]; then options+=(-o github); else options+=(-o concise); fi

summary="$RUNNER_TEMP/unbudget-check.md"
[[ "$UNBUDGET_SUMMARY" == true ]] && options+=(-o "markdown=$summary")
sarif="$RUNNER_TEMP/unbudget-check.sarif"
[[ "$UNBUDGET_SARIF" == true ]] && options+=(-o "sarif=$sarif")
rm -f "$summary" "$sarif"

while IFS= read -r row; do
    [[ -n "${row//[[:space:]]/}" ]] && options+=(-o "${row%$'\r'}")
done <<< "$UNBUDGET_FORMATS"
while IFS= read -r row; do
    [[ -n "${row//[[:space:]]/}" ]] && paths+=("${row%$'\r'}")
done <<< "$UNBUDGET_PATHS"
if [[ ${#paths[@]} -eq 0 ]]; then
    echo "::error title=unbudget-check::the input 'paths' names no file and no folder"
    exit 2
fi

code=0
# Without a name the program writes no summary of its own: here the input decides.
GITHUB_STEP_SUMMARY="" \
    "$UNBUDGET_BIN/unbudget-check" check "${options[@]}" -- "${paths[@]}" || code=$?
echo "exit-code=$code" >> "$GITHUB_OUTPUT"
if [[ -f "$sarif" ]]; then echo "sarif=$sarif" >> "$GITHUB_OUTPUT"; fi
if [[ -f "$summary" ]]; then cat "$summary" >> "$GITHUB_STEP_SUMMARY"; fi
