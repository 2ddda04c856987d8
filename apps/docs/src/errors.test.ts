import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readErrorCodes } from './read-error-codes.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const page = readFileSync(new URL('../errors.md', import.meta.url), 'utf8')

describe('the error page', () => {
  it('documents exactly the error codes in the source', async () => {
    const written = documented()
    written.delete('Lint rules')
    expect(sorted(written)).toEqual(sorted(await readErrorCodes(ROOT)))
  })

  it('documents exactly the custom lint rules', () => {
    const plugin = readFileSync(`${ROOT}packages/testing/src/lint/plugin.js`, 'utf8')
    const rules = [...plugin.matchAll(/^ {4}'([a-z-]+)':/gm)].map(([, rule = '']) => rule)
    expect(documented().get('Lint rules')?.toSorted()).toEqual(rules.toSorted())
  })

  it('states the HTTP status of every billing error', async () => {
    const { BILLING_ERROR_STATUS } = await import('@tollgate/contract')
    for (const [kind, status] of Object.entries(BILLING_ERROR_STATUS)) {
      expect(page).toContain(`### \`${kind}\`\n\n**${status}.**`)
    }
  })
})

function documented(): Map<string, string[]> {
  const sections = page.split(/^## /m).slice(1)
  return new Map(
    sections.map((section) => [
      section.slice(0, section.indexOf('\n')),
      [...section.matchAll(/^### `([^`]+)`/gm)].map(([, code = '']) => code),
    ]),
  )
}

function sorted(codes: Map<string, string[]>) {
  return Object.fromEntries([...codes].map(([name, list]) => [name, list.toSorted()]))
}
