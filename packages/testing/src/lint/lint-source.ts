import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const OXLINT = path.join(ROOT, 'node_modules/oxlint/bin/oxlint')
const run = promisify(execFile)

/** One finding of the linter about a planted file. */
export type Finding = { file: string; rule: string; message: string }

/**
 * Lints planted files at the paths they would have in the repository, with the repository's configuration. The files are in a scratch
 * directory with only the configuration and our rules.
 */
export async function lintSource(files: Record<string, string>): Promise<Finding[]> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'tollgate-lint-'))
  try {
    await copyConfiguration(scratch)
    for (const [file, text] of Object.entries(files)) {
      const target = path.join(scratch, file)
      await mkdir(path.dirname(target), { recursive: true })
      await writeFile(target, text)
    }
    return await lint(scratch, Object.keys(files))
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function copyConfiguration(scratch: string): Promise<void> {
  const rules = 'packages/testing/src/lint'
  await cp(path.join(ROOT, '.oxlintrc.json'), path.join(scratch, '.oxlintrc.json'))
  await cp(path.join(ROOT, rules), path.join(scratch, rules), { recursive: true })
  await writeFile(path.join(scratch, 'package.json'), '{ "type": "module" }')
  await symlink(path.join(ROOT, 'node_modules'), path.join(scratch, 'node_modules'))
}

async function lint(scratch: string, files: string[]): Promise<Finding[]> {
  const { stdout } = await run(process.execPath, [OXLINT, '--format', 'json', ...files], {
    cwd: scratch,
  }).catch(outputOfFindings)
  return readFindings(stdout)
}

// oxlint exits with 1 when it finds something.
function outputOfFindings(error: unknown): { stdout: string } {
  if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string') {
    return { stdout: error.stdout }
  }
  throw error
}

function readFindings(stdout: string): Finding[] {
  const report: unknown = JSON.parse(stdout)
  if (!isReport(report)) throw new Error(`oxlint printed no report: ${stdout.slice(0, 500)}`)
  return report.diagnostics.map(({ code, message, filename }) => ({
    file: filename,
    rule: code,
    message,
  }))
}

function isReport(
  value: unknown,
): value is { diagnostics: { code: string; message: string; filename: string }[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'diagnostics' in value &&
    Array.isArray(value.diagnostics)
  )
}
