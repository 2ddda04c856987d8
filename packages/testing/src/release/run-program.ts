import { execFile } from 'node:child_process'

const OUTPUT_BYTES_MAX = 16_000_000

/** Runs a program to completion and returns its output; throws with the whole output when it fails. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const settings = { ...options, maxBuffer: OUTPUT_BYTES_MAX }
    execFile(program, args, settings, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`))
      else resolve(stdout)
    })
  })
}
