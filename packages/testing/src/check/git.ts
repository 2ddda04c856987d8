import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** Large enough for the file names of any repository. */
const OUTPUT_BYTES_MAX = 16_000_000

/** The output of git in a directory. */
export async function git(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', args, { cwd, maxBuffer: OUTPUT_BYTES_MAX })
  return stdout
}

/** Parses git's NUL-separated names. */
export function namesIn(output: string): string[] {
  return output.split('\0').filter((name) => name !== '')
}
