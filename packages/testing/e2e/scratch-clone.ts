import { execFile, type ExecFileException } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownEnvironment } from './own-environment.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const PNPM = ['-y', 'pnpm@10.34.9']
const OUTPUT_BYTES_MAX = 16_000_000

/** A clone of the last commit in a temporary directory, installed from the store of this machine. */
export type ScratchClone = {
  directory: string
  /** Runs a program in it; throws with its whole output when it fails. */
  run(program: string, ...args: string[]): Promise<string>
  pnpm(...args: string[]): Promise<string>
  remove(): Promise<void>
}

/** Makes the clone, which takes some seconds and no network. */
export async function makeScratchClone(): Promise<ScratchClone> {
  const home = await mkdtemp(path.join(tmpdir(), 'tollgate-clone-'))
  const directory = path.join(home, 'tollgate')
  // A temporary directory on another file system would get an empty store of its own.
  const store = (await runIn({ cwd: ROOT }, 'npx', [...PNPM, 'store', 'path'])).trim()
  const place = { cwd: directory, store }
  const run = (program: string, ...args: string[]) => runIn(place, program, args)
  const pnpm = (...args: string[]) => run('npx', ...PNPM, ...args)
  await runIn({ cwd: ROOT }, 'git', ['clone', '--quiet', ROOT, directory])
  await pnpm('install', '--offline', '--frozen-lockfile')
  // PostgreSQL ends by itself a moment after the server that began it, and tidies up as it does.
  const remove = () => rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
  return { directory, run, pnpm, remove }
}

function runIn(
  { cwd, store }: { cwd: string; store?: string },
  program: string,
  args: readonly string[],
): Promise<string> {
  const env = { ...ownEnvironment(), ...(store ? { npm_config_store_dir: store } : {}) }
  const options = { cwd, env, maxBuffer: OUTPUT_BYTES_MAX }
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error: ExecFileException | null, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`))
      else resolve(stdout)
    })
  })
}
