import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { atExit } from '../processes/at-exit.ts'
import { runCommand } from '../processes/run-command.ts'
import { REPOSITORY } from '../repository.ts'
import { type Program, buildServer } from './build-server.ts'
import { addNoOps } from './add-no-ops.ts'

/** A commit, checked out and installed in its own directory. */
export type Revision = {
  /** Its short hash; "this" for the working tree. */
  label: string
  directory: string
  /** The server as its `npm start` runs it, with no-op procedures; or why there is none to measure. */
  server: Program | { missing: string }
  close(): Promise<void>
}

/** The programs that are run. A name that a revision does not have selects nothing. */
const PACKAGES = ['bench', 'server', 'billing'].flatMap((app) => [
  '--filter',
  `@tollgate/${app}...`,
])
/** Speaks the benchmark's protocol for its own revision; a revision without it cannot be measured. */
const DRIVER = 'apps/bench/src/subject/subject.process.ts'

/** Checks a commit out into a temporary worktree, installs it from its own lockfile and builds its server. */
export async function openRevision(options: {
  commit: string
  label: string
  withServer: boolean
}): Promise<Revision> {
  const { commit, label } = options
  const temporary = await mkdtemp(path.join(tmpdir(), 'tollgate-revision-'))
  const directory = path.join(temporary, 'tree')
  const remove = ['worktree', 'remove', '--force', directory]
  const forget = atExit(() => {
    execFileSync('git', remove, { cwd: REPOSITORY, stdio: 'ignore' })
  })
  const close = async () => {
    forget()
    await runCommand('git', remove, { cwd: REPOSITORY })
    await rm(temporary, { recursive: true, force: true })
  }
  await runCommand('git', ['worktree', 'add', '--detach', directory, commit], { cwd: REPOSITORY })
  try {
    if (!existsSync(path.join(directory, DRIVER))) {
      throw new Error(`${label} has no ${DRIVER}, so it cannot be measured.`)
    }
    const install = ['-y', packageManagerOf(directory), 'install', '--frozen-lockfile']
    await runCommand('npx', [...install, '--prefer-offline', ...PACKAGES], { cwd: directory })
    return { label, directory, server: await serverOf(directory, options), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function serverOf(
  directory: string,
  { withServer }: { withServer: boolean },
): Promise<Revision['server']> {
  if (!withServer) return { missing: 'not asked for' }
  const missing = await addNoOps(directory)
  if (missing !== null) return { missing }
  return buildServer(directory).catch((error: unknown) => ({ missing: String(error) }))
}

function packageManagerOf(directory: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'))
  return z.object({ packageManager: z.string() }).parse(manifest).packageManager
}
