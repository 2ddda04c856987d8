import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)
/** What an install prints is kept only to be quoted when it fails. */
const OUTPUT_BYTES_MAX = 64_000_000

/** Runs a program to its end and returns what it wrote to stdout; an error quotes the rest. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
  const { stdout } = await execute(command, args, { ...options, maxBuffer: OUTPUT_BYTES_MAX })
  return stdout.trim()
}
