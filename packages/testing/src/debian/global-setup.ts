import { findDebianPrograms } from './find-debian-programs.ts'

/** Fails a run of the cluster suite before it starts a server, if a program is missing. */
export async function setup(): Promise<void> {
  const { haproxy, postgres } = findDebianPrograms()
  process.stdout.write(
    `Debian's programs: ${haproxy}, PostgreSQL ${postgres.version} with PL/Proxy\n`,
  )
}
