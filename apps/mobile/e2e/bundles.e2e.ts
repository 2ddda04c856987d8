import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { exportApp } from './fixtures/export-app.ts'

/** Strings that occur only in server code: validation, sign-in, SQL, the billing vendor's SDK, its messages. */
const SERVER_WORDS = [
  'ZodError',
  'invalid_type',
  'better-auth',
  '@flowglad',
  'pg_advisory',
  'createHmac',
  'Billing cannot be reached right now',
]
/** Strings that must be present; otherwise the search for the others proves nothing. */
const APP_WORDS = ['Idempotency-Key', 'No answer yet', 'Continue as guest', 'tollgate:intents:']

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-bundles-'))
  // Exported together, because Metro then crawls the files only once.
  await exportApp(['android', 'ios'], directory)
})
afterAll(() => rm(directory, { recursive: true, force: true }))

describe.each(['android', 'ios', 'web'] as const)('the %s bundle', (platform) => {
  it('is made offline, holds the app and nothing of the server', async () => {
    const phone = join(directory, '_expo/static/js', platform)
    const code = await readCode(platform === 'web' ? inject('webExport') : phone)
    expect(APP_WORDS.filter((word) => !code.includes(word))).toEqual([])
    expect(SERVER_WORDS.filter((word) => code.includes(word))).toEqual([])
    process.stdout.write(`${platform}: ${(code.length / 1e6).toFixed(1)} MB\n`)
  })
})

/** All code of an export; the string table of Hermes bytecode is readable as text. */
async function readCode(output: string): Promise<string> {
  const files = await readdir(output, { recursive: true, withFileTypes: true })
  const code = files.filter((file) => file.isFile() && ['.js', '.hbc'].includes(extname(file.name)))
  const texts = code.map((file) => readFile(join(file.parentPath, file.name), 'latin1'))
  return (await Promise.all(texts)).join('\n')
}
