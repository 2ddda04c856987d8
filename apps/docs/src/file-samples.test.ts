import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readPages, readReadmes } from './read-pages.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

const samples = [...readPages(), ...readReadmes()].flatMap(({ file, text }) =>
  [...text.matchAll(/^```\w+ from (\S+)\n(.*?)^```$/gms)].map(([, source = '', code = '']) => ({
    page: file,
    source,
    code,
  })),
)

describe('a documentation sample with a source file', () => {
  it.each(samples)('$page: matches $source', ({ source, code }) => {
    const lines = linesOf(code)
    expect(lines.length).toBeGreaterThan(0)
    expect(`\n${linesOf(readFileSync(ROOT + source, 'utf8')).join('\n')}\n`).toContain(
      `\n${lines.join('\n')}\n`,
    )
  })
})

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
