#!/bin/bash
# Runs a command on a private X server and session bus and ends both with it; nothing of the
# caller's desktop is touched. Exit status: the command's; 77 (skip) where there is no Xvfb.
#   with-display.sh [-s WIDTHxHEIGHT] [-w] COMMAND [ARGUMENT…]
#     -w  with a window manager (openbox) and the accessibility bus
set -u
size=1920x1080 wm=
while getopts s:w o; do
  case $o in s) size=$OPTARG;; w) wm=1;; *) exit 2;; esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || { echo "usage: with-display.sh [-s WxH] [-w] COMMAND…" >&2; exit 2; }

for tool in Xvfb dbus-run-session; do
  command -v $tool > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

if [ -z "${RN_INNER_DISPLAY:-}" ]; then
  export RN_INNER_DISPLAY=1
  XDG_RUNTIME_DIR=$(mktemp -d) || exit 1
  export XDG_RUNTIME_DIR
  chmod 700 "$XDG_RUNTIME_DIR"
  # no settings or history of the caller's; and hinting as desktops set it: without a settings
  # daemon GTK falls back to one that squeezes the gaps between words
  export XDG_CONFIG_HOME=$XDG_RUNTIME_DIR/config XDG_DATA_HOME=$XDG_RUNTIME_DIR/data
  mkdir -p "$XDG_CONFIG_HOME/gtk-4.0"
  printf '[Settings]\ngtk-xft-hintstyle=hintslight\n' > "$XDG_CONFIG_HOME/gtk-4.0/settings.ini"
  dbus-run-session -- "$0" -s "$size" ${wm:+-w} "$@" \
    2> >(grep --line-buffered -v -E '^dbus-daemon\[|^SpiRegistry|^\*\* \(process:' >&2)
  rc=$?
  rm -rf "$XDG_RUNTIME_DIR"
  exit $rc
fi
unset RN_INNER_DISPLAY

pids=()
cleanup() {
  for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null; done
}
trap cleanup EXIT

# -noreset: without it the server forgets everything when its last client leaves
number=$XDG_RUNTIME_DIR/display
: > "$number"
Xvfb -displayfd 7 -screen 0 "${size}x24" -noreset -nolisten tcp 7> "$number" 2> /dev/null &
pids+=($!)
for _ in $(seq 200); do
  [ -s "$number" ] && break
  sleep 0.05
done
[ -s "$number" ] || { echo "no X server came up" >&2; exit 1; }
DISPLAY=:$(cat "$number")
export DISPLAY GDK_BACKEND=x11 GSK_RENDERER=${GSK_RENDERER:-cairo}
unset WAYLAND_DISPLAY

if [ -n "$wm" ]; then
  export NO_AT_BRIDGE=0
  unset GTK_A11Y
  command -v openbox > /dev/null || { echo "skipped: openbox is not installed"; exit 77; }
  openbox > /dev/null 2>&1 &
  pids+=($!)
  for _ in $(seq 100); do
    xprop -root _NET_SUPPORTING_WM_CHECK 2> /dev/null | grep -q window && break
    sleep 0.05
  done
else
  export GTK_A11Y=${GTK_A11Y:-none}
fi
"$@" 7>&-
