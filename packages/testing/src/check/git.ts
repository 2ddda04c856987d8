import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** Names of files of a whole repository fit many times. */
const OUTPUT_BYTES_MAX = 16_000_000

/** What git answers in a directory. */
export async function git(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', args, { cwd, maxBuffer: OUTPUT_BYTES_MAX })
  return stdout
}

/** The names that git lists between zeros. */
export function namesIn(output: string): string[] {
  return output.split('\0').filter((name) => name !== '')
}
