import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'

/** The identity under which the server's programs run; PostgreSQL refuses to run as root. */
export type Launcher =
  | { kind: 'direct' }
  /** In a user namespace without a mapping: root's files stay accessible, but not its privileges. */
  | { kind: 'namespace' }
  | { kind: 'user'; name: string; uid: number; gid: number }

/** Starts one of the server's programs in its own session, so that Ctrl-C reaches only us. */
export function launch(
  launcher: Launcher,
  options: { program: string; parameters: readonly string[]; stdio: StdioOptions },
): ChildProcess {
  const [program, ...parameters] =
    launcher.kind === 'namespace'
      ? ['unshare', '--user', options.program, ...options.parameters]
      : [options.program, ...options.parameters]
  return spawn(program, parameters, {
    stdio: options.stdio,
    detached: true,
    // The caller's environment (PGDATA, locales) must not affect the server.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' },
    ...(launcher.kind === 'user' ? { uid: launcher.uid, gid: launcher.gid } : {}),
  })
}
