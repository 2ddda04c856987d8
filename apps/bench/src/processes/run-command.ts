import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)
/** The output of an install is only kept to quote it on failure. */
const OUTPUT_BYTES_MAX = 64_000_000

/** Runs a program to completion and returns its stdout; an error quotes the rest. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
  const { stdout } = await execute(command, args, { ...options, maxBuffer: OUTPUT_BYTES_MAX })
  return stdout.trim()
}
