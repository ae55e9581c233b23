#!/bin/bash
# Holds src/ to .clang-format (version 14, as in Debian 12; others differ and skip). Lists the files
# that differ, or with --write sets them right. clang-format puts a space into `_("…")`; it is taken
# out again, as the house writes it.
#   format.sh SOURCE-ROOT [--write]
set -u
cd "$1" || exit 1
version=$(clang-format --version 2> /dev/null | sed -nE 's/.*version ([0-9]+).*/\1/p')
if [ "$version" != 14 ]; then
  echo "skipped: clang-format 14 is not installed"
  exit 77
fi
export MODE=${2:-}
one() {
  local text
  text=$(clang-format "$1" | sed -E 's/\b(_|N_) \("/\1("/g'; echo .)
  printf '%s' "${text%.}" | cmp -s - "$1" && return 0
  if [ "$MODE" = --write ]; then
    printf '%s' "${text%.}" > "$1"
  else
    echo "$1 is not in the house's format: tests/house/format.sh . --write"
    return 1
  fi
}
export -f one
find src -name '*.[ch]' -print0 |
  xargs -0 -n 1 -P "$(nproc)" bash -c 'one "$0"' || exit 1
