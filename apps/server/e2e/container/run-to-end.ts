import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { terminalEnvironment } from './config.ts'

const OUTPUT_BYTES_MAX = 16_000_000

/** Runs a command as a terminal would, without the test runner's variables, and returns what it printed; throws when it fails. */
export async function runToEnd(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, {
    cwd,
    env: terminalEnvironment(),
    maxBuffer: OUTPUT_BYTES_MAX,
  })
  return stdout.trim()
}
