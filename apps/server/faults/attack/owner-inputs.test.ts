import { initTRPC } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import { OWNER_INPUTS, ownerInputOf } from './owner-inputs.ts'
import { type Procedure, readProcedures } from './procedures.ts'

const VICTIM = {
  customerId: 'user_v',
  subscriptionId: 'sub_v',
  key: 'op_v',
  operationId: '00000000-0000-0000-0000-000000000000',
  cursor: 'cursor_v',
  alertId: 'alrt_v',
}

describe('a procedure of the router', () => {
  it.each(readProcedures())('$path has an owner test', (procedure) => {
    expect(withoutOwnerTest([procedure]), 'add a line for it to owner-inputs.ts').toEqual([])
  })

  it('is named when it has no owner test', () => {
    const t = initTRPC.create()
    const added = t.router({ notes: { read: t.procedure.query(() => 'a note') } })
    const procedures = readProcedures(added._def.procedures)
    expect(withoutOwnerTest([...readProcedures(), ...procedures])).toEqual(['notes.read'])
  })
})

it('has no owner test for what is no procedure any more', () => {
  const paths = new Set(readProcedures().map(({ path }) => path))
  expect(Object.keys(OWNER_INPUTS).filter((path) => !paths.has(path))).toEqual([])
})

function withoutOwnerTest(procedures: readonly Procedure[]): string[] {
  return procedures
    .filter((procedure) => ownerInputOf(procedure, VICTIM) === null)
    .map(({ path }) => path)
}
