import { describe, expect, it } from 'vitest'
import { crashAtBoot } from './crash-at-boot.ts'
import { crashAtRollOver } from './crash-at-roll-over.ts'
import { crashOfAServer } from './crash-of-a-server.ts'
import { createCrashTable } from './crash-table.ts'

const POINTS = Array.from({ length: 24 }, (_, index) => `CP${String(index + 1).padStart(2, '0')}`)

const table = createCrashTable()

describe('a server that is killed', () => {
  crashOfAServer(table)
})

describe('a billing backend that is killed while it begins a new period', () => {
  crashAtRollOver(table)
})

describe('a server that is killed while it sets up its database', () => {
  crashAtBoot(table)
})

describe('the crash matrix', () => {
  it('has killed a process at every point of the list', () => {
    table.print()
    expect(table.points()).toEqual(POINTS)
  })
})
