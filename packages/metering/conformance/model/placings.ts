import type { Row, Statement } from '@tollgate/database'
import type { PlaceElement } from '../../src/store/batch-element.ts'

/** The result of a statement for a call that it had to place individually. */
export type Placing = {
  call: Pick<PlaceElement, 'customerId' | 'operationId' | 'subjects' | 'charges'>
  answer: PlacingAnswer
  /** Whether the same statement later ended an operation of the customer: its hold is available only afterwards. */
  isOvertaken: boolean
}

type PlacingAnswer = {
  outcome: string
  takenOver?: boolean
  holds?: Record<string, number>
  meter?: string
  required?: number
  subject?: string
}

/** A hold that was refused for insufficient credits. */
export type Refusal = {
  customerId: string
  meter: string
  required: number
  isOvertaken: boolean
}

/** The calls that a statement handled individually: all that it refused, and all that may begin with less. */
export function placingsOf(statement: Statement, rows: readonly Row[]): Placing[] {
  if (!statement.name?.startsWith('metering.apply_each:')) return []
  const calls: (Placing['call'] & { kind: string })[] = JSON.parse(String(statement.values?.[1]))
  const answers: unknown = rows[0]?.['answers']
  if (!Array.isArray(answers)) throw new Error('Placing no longer answers as this oracle expects.')
  return calls.flatMap((call, index) => {
    if (call.kind !== 'place') return []
    const isOvertaken = calls
      .slice(index + 1)
      .some(({ kind, customerId }) => customerId === call.customerId && kind !== 'place')
    return [{ call, answer: answers[index].answer, isOvertaken }]
  })
}

/** Those that were refused for insufficient credits. */
export function refusalsOf(placings: readonly Placing[]): Refusal[] {
  return placings.flatMap(({ call: { customerId }, answer, isOvertaken }) => {
    const { outcome, meter = '', required = 0 } = answer
    return outcome === 'insufficient' ? [{ customerId, meter, required, isOvertaken }] : []
  })
}
