import { describe, expect, it } from 'vitest'
import { readPages } from './read-pages.ts'

/** A page that is longer does not fit on a screen. */
const LINES_MAX = 45
const HEADER = /^# (\d{3}) · (.+)\n\n_(\d{4}-\d{2}-\d{2}) · (.+)_\n\n/
const NUMBERED_LINK = /\[(?:[Dd]ecision )?(\d{3})\]\([^)]*?(\d{3})-[a-z0-9-]+/g
const STATUS = /^(?:accepted(?:; .+)?|superseded by \[\d{3}\]\(\.\/[\w-]+\))$/

const pages = readPages()
const index = pages.find(({ file }) => file === 'decisions/index.md')?.text ?? ''
const decisions = pages.filter(({ file }) => /^decisions\/\d{3}-/.test(file))

describe('the decision pages', () => {
  it('are numbered without gaps', () => {
    const numbers = decisions.map(({ file }) => Number(/\d{3}/.exec(file)?.[0])).toSorted(byNumber)
    expect(numbers.length).toBeGreaterThan(30)
    expect(numbers).toEqual(numbers.map((_, at) => at + 1))
  })

  it.each(decisions)('$file fits on a screen, is dated and has a status', ({ text }) => {
    const [, , , , status = 'no header'] = HEADER.exec(text) ?? []
    expect(status).toMatch(STATUS)
    expect(text.split('\n').length).toBeLessThanOrEqual(LINES_MAX)
  })

  it.each(decisions)(
    '$file says what was decided, what was tried and what it costs',
    ({ text }) => {
      const parts = [...text.matchAll(/^\*\*([A-Z][a-z ]+)\.?\*\*/gm)].map(([, part]) => part)
      expect(parts).toEqual(expect.arrayContaining(['Decision', 'Cost', 'When to revisit']))
      expect(parts.some((part) => part === 'Alternatives' || part === 'Measured')).toBe(true)
    },
  )

  it.each(decisions)('$file is in the index under its title, date and status', ({ file, text }) => {
    const [, number, title, date, status] = HEADER.exec(text) ?? []
    const link = `[${title}](./${file.slice('decisions/'.length, -'.md'.length)})`
    const rows = index.split('\n').map((row) => row.split('|').map((cell) => cell.trim()))
    expect(rows).toContainEqual(['', number, link, date, status, ''])
  })

  it('are linked under their own numbers', () => {
    const links = pages.flatMap(({ file, text }) =>
      [...text.matchAll(NUMBERED_LINK)].map(([link, shown, target]) => ({
        file,
        link,
        shown,
        target,
      })),
    )
    expect(links.length).toBeGreaterThan(10)
    expect(links.filter(({ shown, target }) => shown !== target)).toEqual([])
  })
})

function byNumber(one: number, other: number): number {
  return one - other
}
