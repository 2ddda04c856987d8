import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { ATTACKS } from './attacks.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const ATTACK_COUNT = 55

it('has every attack once, in the order of its number', () => {
  const expected = Array.from({ length: ATTACK_COUNT }, (_, index) => numbered(index + 1))
  expect(ATTACKS.map(({ id }) => id).toSorted((one, other) => one.localeCompare(other))).toEqual(
    expected,
  )
})

it.each(ATTACKS)('$id names a test that exists, or says why there is none', (attack) => {
  if ('reason' in attack) {
    expect(attack.reason.length).toBeGreaterThan(40)
    return
  }
  expect(attack.tests.length).toBeGreaterThan(0)
  for (const named of attack.tests) {
    const [file = '', title = ''] = named.split(' › ')
    expect(readFileSync(`${ROOT}${file}`, 'utf8'), named).toContain(title)
  }
})

function numbered(number: number): string {
  return `A${String(number).padStart(2, '0')}`
}
