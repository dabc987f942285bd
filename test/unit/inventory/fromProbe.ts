/** What the shell of an engine finds in the probe that it is a part of, as root or as another user. */
export const fromProbe = (uid = 0): string => `section() { printf '@@N@@ %s\\n' "$*"; }
has() { command -v "$1" >/dev/null 2>&1; }
uid=${uid}
`;
