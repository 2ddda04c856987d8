import type { ActivityItem } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { activityCsv } from './activity-csv.ts'

const item: ActivityItem = {
  operationId: 'op_1',
  procedure: 'images.generate',
  meter: 'image_generations',
  status: 'charged',
  amount: 1,
  balanceAfter: 9,
  startedAt: '2026-11-22T00:00:00.000Z',
  endedAt: null,
}

describe('activityCsv', () => {
  it('has a line per operation', () => {
    expect(activityCsv([item]).split('\r\n')).toEqual([
      'operationId,procedure,meter,status,amount,balanceAfter,startedAt,endedAt',
      '"op_1","images.generate","image_generations","charged",1,9,"2026-11-22T00:00:00.000Z",',
      '',
    ])
  })

  it('never lets a cell become a formula or break out of its quotes', () => {
    const csv = activityCsv([{ ...item, procedure: '=HYPERLINK("x")' }])
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`)
  })
})
