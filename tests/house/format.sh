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
formatted() { clang-format "$1" | sed -E 's/\b(_|N_) \("/\1("/g'; }
bad=0
while read -r file; do
  if ! formatted "$file" | cmp -s - "$file"; then
    if [ "${2:-}" = --write ]; then
      formatted "$file" > "$file.new" && cat "$file.new" > "$file" && rm "$file.new"
    else
      echo "$file is not in the house's format: tests/house/format.sh . --write"
      bad=1
    fi
  fi
done < <(find src -name '*.[ch]')
exit $bad
