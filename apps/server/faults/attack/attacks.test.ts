import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { ATTACKS } from './attacks.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const ATTACK_COUNT = 83

it('has every attack once, in the order of its number', () => {
  const expected = Array.from({ length: ATTACK_COUNT }, (_, index) => numbered(index + 1))
  expect(ATTACKS.map(({ id }) => id).toSorted((one, other) => one.localeCompare(other))).toEqual(
    expected,
  )
})

it.each(ATTACKS.flatMap((attack) => ('tests' in attack ? [attack] : [])))(
  '$id is shown by tests that exist',
  ({ tests }) => {
    expect(tests.length).toBeGreaterThan(0)
    for (const named of tests) {
      const [file = '', title = ''] = named.split(' › ')
      expect(readFileSync(`${ROOT}${file}`, 'utf8'), named).toContain(title)
    }
  },
)

it.each(ATTACKS.flatMap((attack) => ('reason' in attack ? [attack] : [])))(
  '$id has no test and says why',
  ({ reason }) => expect(reason.length).toBeGreaterThan(40),
)

it('names every attack once in the threat model, and no other', () => {
  const page = readFileSync(`${ROOT}apps/docs/explanation/threat-model.md`, 'utf8')
  const named = [...page.matchAll(/\bA\d\d(?=,| +\|)/g)].map(([id]) => id)
  expect(named.toSorted((one, other) => one.localeCompare(other))).toEqual(
    ATTACKS.map(({ id }) => id).toSorted((one, other) => one.localeCompare(other)),
  )
})

function numbered(number: number): string {
  return `A${String(number).padStart(2, '0')}`
}
