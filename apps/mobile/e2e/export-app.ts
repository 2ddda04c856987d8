import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { exportEnvironment } from './config.ts'

const run = promisify(execFile)
const APP = new URL('..', import.meta.url).pathname

/** Bundles the app for a platform as a release would, without asking the network for anything. */
export async function exportApp(
  platform: 'android' | 'ios' | 'web',
  directory: string,
): Promise<void> {
  const args = ['exec', 'expo', 'export', '--platform', platform, '--output-dir', directory]
  // Bundling for a phone compiles bytecode of several megabytes.
  await run('npx', ['-y', 'pnpm@10.34.9', ...args], {
    cwd: APP,
    env: exportEnvironment(),
    maxBuffer: 16 * 1024 * 1024,
  })
}
