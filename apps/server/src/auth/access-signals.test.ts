import { expect, it } from 'vitest'
import { createAccessSignals } from './access-signals.ts'

/** More than any cache of callers holds. */
const OTHERS = 20_000

it('ends what listens to a user, however many others were seen since, and nothing of theirs', () => {
  const access = createAccessSignals()
  const [one, other] = [access.of('one'), access.of('other')]
  for (let n = 0; n < OTHERS; n += 1) access.of(`user ${n}`)
  expect([one.aborted, other.aborted]).toEqual([false, false])
  access.end('one')
  expect([one.aborted, other.aborted]).toEqual([true, false])
  expect(access.of('one').aborted).toBe(false)
  access.endAll()
  expect(other.aborted).toBe(true)
})

it('knows whose access ended while someone was being read', () => {
  const access = createAccessSignals()
  access.end('before')
  const noted = access.note()
  access.end('meanwhile')
  expect(['before', 'meanwhile'].map(noted.hasEnded)).toEqual([false, true])
  access.endAll()
  expect(noted.hasEnded('before')).toBe(true)
  noted.stop()
})
