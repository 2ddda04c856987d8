import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { PlantedMistake } from './planted-mistakes.ts'

const run = promisify(execFile)
const API = 'packages/api'

/** What the compiler and the linter report about planted mistakes in a scratch workspace: the full output, by file. */
export async function collectDiagnostics(
  directory: string,
  mistakes: readonly PlantedMistake[],
): Promise<{ compiler: Map<string, string>; linter: Map<string, string> }> {
  for (const { file, code } of mistakes) {
    const target = path.join(directory, file)
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(target, code)
  }
  const [compiler, linter] = await Promise.all([compile(directory), lint(directory, mistakes)])
  return { compiler, linter }
}

async function compile(directory: string): Promise<Map<string, string>> {
  const tsc = path.join(directory, API, 'node_modules/typescript/bin/tsc')
  const output = await outputOf(
    tsc,
    ['--noEmit', '--checkers', '1', '--pretty', 'false'],
    path.join(directory, API),
  )
  const said = new Map<string, string>()
  let file = ''
  for (const line of output.split('\n')) {
    // Continuation lines of a message are indented.
    file = /^(\S+?)\(\d+,\d+\): /.exec(line)?.[1] ?? file
    const name = path.posix.join(API, file)
    said.set(name, `${said.get(name) ?? ''}${line}\n`)
  }
  return said
}

async function lint(directory: string, mistakes: readonly PlantedMistake[]) {
  const oxlint = path.join(directory, 'node_modules/oxlint/bin/oxlint')
  const files = mistakes.filter(({ stoppedBy }) => stoppedBy === 'linter').map(({ file }) => file)
  const output = await outputOf(oxlint, ['--type-aware', '--format', 'unix', ...files], directory)
  return new Map(
    files.map((file) => [
      file,
      output
        .split('\n')
        .filter((line) => line.includes(file))
        .join('\n'),
    ]),
  )
}

// Both exit with a non-zero code when they find something.
async function outputOf(script: string, args: string[], cwd: string): Promise<string> {
  try {
    return (await run(process.execPath, [script, ...args], { cwd })).stdout
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string') {
      return error.stdout
    }
    throw error
  }
}
