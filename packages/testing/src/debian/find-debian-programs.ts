import { accessSync, constants, readdirSync } from 'node:fs'
import path from 'node:path'
import { searchPath } from '../config.ts'

/** Programs from Debian's packages, for the cluster suite. */
export type DebianPrograms = {
  haproxy: string
  prometheus: string
  promtool: string
  /** The newest PostgreSQL with PL/Proxy: its version, and the directory of its programs. */
  postgres: { version: string; bin: string }
}

/** Debian's directory of PostgreSQL versions. */
const POSTGRES = '/usr/lib/postgresql'
/** The directory of daemons, which is not on every user's search path. */
const SYSTEM = ['/usr/local/sbin', '/usr/sbin']

/** Finds the programs; throws with the command that installs what is missing. */
export function findDebianPrograms(
  from: { searchPath: string; postgres: string } = { searchPath: searchPath(), postgres: POSTGRES },
): DebianPrograms {
  const folders = [...from.searchPath.split(path.delimiter).filter(Boolean), ...SYSTEM]
  const programs = {
    haproxy: findProgram(folders, 'haproxy'),
    prometheus: findProgram(folders, 'prometheus'),
    promtool: findProgram(folders, 'promtool'),
    postgres: findPostgres(from.postgres),
  }
  const { haproxy, prometheus, promtool, postgres } = programs
  if (haproxy && prometheus && promtool && postgres) {
    return { haproxy, prometheus, promtool, postgres }
  }
  const missing = Object.entries(programs).flatMap(([name, found]) => (found ? [] : [NAMES[name]]))
  throw new Error(
    `The cluster suite needs ${missing.join(', ')} of Debian. Install them: ${INSTALL}. On other systems leave the suite out.`,
  )
}

const NAMES: Record<string, string> = {
  haproxy: 'haproxy',
  prometheus: 'prometheus',
  promtool: 'promtool',
  postgres: 'PostgreSQL with PL/Proxy',
}

const INSTALL = 'sudo apt-get install --yes haproxy prometheus postgresql-15 postgresql-15-plproxy'

function findProgram(folders: readonly string[], name: string): string | undefined {
  return folders.map((folder) => path.join(folder, name)).find(isExecutable)
}

function findPostgres(root: string): DebianPrograms['postgres'] | undefined {
  const versions = foldersIn(root).toSorted((one, other) => Number(other) - Number(one))
  const version = versions.find(
    (name) =>
      isExecutable(path.join(root, name, 'bin/postgres')) &&
      isReadable(path.join(root, name, 'lib/plproxy.so')),
  )
  return version === undefined ? undefined : { version, bin: path.join(root, version, 'bin') }
}

function foldersIn(root: string): string[] {
  try {
    return readdirSync(root).filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}

function isExecutable(file: string): boolean {
  return allows(file, constants.X_OK)
}

function isReadable(file: string): boolean {
  return allows(file, constants.R_OK)
}

function allows(file: string, mode: number): boolean {
  try {
    accessSync(file, mode)
    return true
  } catch {
    return false
  }
}
