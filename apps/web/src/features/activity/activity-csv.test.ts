import type { CallSubject, LedgerItem } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { activityCsv } from './activity-csv.ts'

const item: LedgerItem = {
  kind: 'operation',
  operationId: 'op_1',
  procedure: 'images.generate',
  meter: 'image_generations',
  status: 'charged',
  amount: 1,
  balanceAfter: 9,
  startedAt: '2026-11-22T00:00:00.000Z',
  endedAt: null,
  subjects: [
    { kind: 'member', id: 'ada' },
    { kind: 'key', id: 'k1' },
    { kind: 'run', id: 'r1' },
  ],
}

const named = (subjects: readonly CallSubject[]) =>
  subjects.length > 0 ? { member: 'Ada', key: 'Printer' } : { member: null, key: null }

describe('activityCsv', () => {
  it('has a line per operation and per change of a balance, with what each does to the balance', () => {
    const purchase: LedgerItem = {
      kind: 'change',
      changeId: 'ch_1',
      reason: 'purchase',
      name: 'Fifty images',
      meter: 'image_generations',
      amount: 50,
      balanceAfter: 59,
      at: '2026-11-22T01:00:00.000Z',
    }
    expect(activityCsv([purchase, item], named).split('\r\n')).toEqual([
      'id,procedure,name,meter,status,change,balanceAfter,startedAt,endedAt,member,apiKey',
      '"ch_1",,"Fifty images","image_generations","purchase",50,59,"2026-11-22T01:00:00.000Z","2026-11-22T01:00:00.000Z",,',
      '"op_1","images.generate",,"image_generations","charged",-1,9,"2026-11-22T00:00:00.000Z",,"Ada","Printer"',
      '',
    ])
  })

  it('never lets a cell become a formula or break out of its quotes', () => {
    const csv = activityCsv([{ ...item, procedure: '=HYPERLINK("x")' }], named)
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`)
  })
})
