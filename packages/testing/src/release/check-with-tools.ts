import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Tarball } from './pack-packages.ts'
import { runProgram } from './run-program.ts'

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url))

/** The objections of publint and are-the-types-wrong to a package; empty when both accept it. */
export async function checkWithTools({ file }: Tarball): Promise<string[]> {
  const verdicts = [
    runTool('publint', ['--strict', file]),
    runTool('attw', [file, '--profile', 'esm-only', '--no-color', '--no-emoji']),
  ]
  return (await Promise.all(verdicts)).flat()
}

async function runTool(name: string, args: readonly string[]): Promise<string[]> {
  try {
    await runProgram(path.join(PACKAGE, 'node_modules/.bin', name), args, { cwd: PACKAGE })
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
