/**
 * The argv of a command that holds a lock on a file for as long as it lives, and ends with `lockLost` when another holds it.
 * The kernel keeps the lock with the open descriptor, which the command inherits: nothing is left over after a SIGKILL.
 */
export function locked(file: string, command: readonly string[]): { program: string; args: string[] } {
  return { program: "sh", args: ["-c", script, "sh", file, ...command] };
}

/** The exit code of a command whose lock another process holds. */
export const lockLost = 75;

/** The exit code of a command that could not be locked, for want of a program to lock with. */
export const lockUnknown = 69;

/** The descriptor under which the command finds its lock file. */
export const lockDescriptor = 9;

// macOS has no flock(1), and perl: it takes the same lock, on the same descriptor.
const script = `
exec ${lockDescriptor}>>"$1"
shift
if command -v flock >/dev/null; then
  flock -n ${lockDescriptor} || exit ${lockLost}
elif command -v perl >/dev/null; then
  perl -e 'use Fcntl ":flock"; open(F, ">>&=${lockDescriptor}") && flock(F, LOCK_EX | LOCK_NB) or exit 1' || exit ${lockLost}
else
  exit ${lockUnknown}
fi
exec "$@"
`;
