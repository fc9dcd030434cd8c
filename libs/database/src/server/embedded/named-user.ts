import { userInfo } from 'node:os';

function weHaveAName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/**
 * A command line for PostgreSQL's tools that insist on a name for their user (initdb, and the server in single-user
 * mode). A user id without an entry in /etc/passwd, as containers and build farms like to hand out, runs them in a
 * user namespace of its own in which it is "nobody" (unshare of util-linux 2.36 or newer).
 */
export function asNamedUser(command: string, args: string[]): [command: string, args: string[]] {
  if (process.platform !== 'linux' || weHaveAName()) return [command, args];
  return ['unshare', ['--user', '--map-user=65534', '--map-group=65534', '--', command, ...args]];
}
