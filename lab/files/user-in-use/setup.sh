setsid setpriv --reuid deploy --regid deploy --clear-groups sleep 600 >/dev/null 2>&1 </dev/null &
