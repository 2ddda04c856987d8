import { createHash } from 'node:crypto'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { oncePerRun } from './once-per-run.ts'
import { runProgram } from './release/run-program.ts'

const SERVER = fileURLToPath(new URL('../../../apps/server/', import.meta.url))

/** Bundles the command whose source is `entry`, once per test run; returns the file for Node, which starts in a third of the time. */
export async function buildCommand(entry: string): Promise<readonly string[]> {
  const digest = createHash('sha256').update(entry).digest('hex').slice(0, 12)
  const folder = await oncePerRun(`command-${digest}`, async (made) => {
    const build = ['--import', 'tsx', 'build/bundle-command.ts', entry, path.join(made, FILE)]
    await runProgram(process.execPath, build, { cwd: SERVER })
  })
  return ['--enable-source-maps', path.join(folder, FILE)]
}

const FILE = 'command.mjs'
