import type { MeterSlug } from '@tollgate/contract'
import { operationKeyOf, uuidOfDigest } from '../keys/operation-key.ts'
import type { MeteringPolicy } from '../policy.ts'
import {
  type BatchAnswer,
  type BatchElement,
  labelOf,
  type PlaceElement,
  type SettleElement,
} from './batch-element.ts'
import { batchAccounts } from './batch-accounts.ts'
import { LEFT_OUT } from './gather.ts'
import type { MeteringDatabase } from './metering-database.ts'
import { readBatchAnswers } from './read-batch-answers.ts'

type Policy = Pick<MeteringPolicy, 'leaseMs' | 'resultKeptMs' | 'freshForMs' | 'staleAfterMs'>
type Common = { element: BatchElement; meter: MeterSlug }

/**
 * Settles, releases and places many operations of one bucket in one statement and one commit; one answer each, in order.
 * What is not the common case is left out. Repeatable.
 */
export async function applyBatch(
  database: MeteringDatabase,
  bucket: number,
  elements: readonly BatchElement[],
  policy: Policy,
): Promise<(BatchAnswer | typeof LEFT_OUT)[]> {
  const common = pickCommon(elements)
  if (common.size === 0) return elements.map(() => LEFT_OUT)
  const accounts = batchAccounts([...common.values()])
  const ends: Common[] = []
  const places: Common[] = []
  for (const one of common.values()) (one.element.kind === 'place' ? places : ends).push(one)
  const label = labelOf([...common.keys()])
  const rows = await database.query<{ answer: string }>({
    name: `metering.apply_batch:${label}`,
    text: `/* ${label} */ select metering.apply_batch($1::smallint, $2::text[], $3::text[], $4::integer[], $5::uuid[], $6::integer[],
      $7::integer[], $8::boolean[], $9::text[], $10::integer[], $11::uuid[], $12::integer[], $13::uuid[], $14::uuid[],
      $15::text[], $16::text[], $17::bigint[], $18, $19, $20, $21) as answer`,
    values: [
      bucket,
      accounts.customers,
      accounts.meters,
      ...endColumns(ends, accounts.positionOf),
      ...placeColumns(places, accounts.positionOf),
      policy.leaseMs,
      policy.resultKeptMs,
      policy.freshForMs,
      policy.staleAfterMs,
    ],
  })
  const answers = readBatchAnswers(rows[0]?.answer ?? '', { ends, places, accounts })
  return elements.map((element) => answers.get(element) ?? LEFT_OUT)
}

/** Everything that may be the common case, as far as can be seen without the database. */
function pickCommon(elements: readonly BatchElement[]): Map<BatchElement, Common> {
  const common = new Map<BatchElement, Common>()
  // A customer's calls are admitted in order: after one that has to wait for the second statement, none goes first.
  const waiting = new Set<string>()
  for (const element of elements) {
    const meter = element.kind === 'place' ? meterOfCall(element) : meterOfEnd(element)
    if (element.kind === 'place' && (meter === null || waiting.has(element.customerId))) {
      waiting.add(element.customerId)
    } else if (meter !== null) common.set(element, { element, meter })
  }
  return common
}

function meterOfCall({ charges, openLimit }: PlaceElement): MeterSlug | null {
  const [charge, ...further] = charges
  return charge && further.length === 0 && openLimit === null ? charge.meter : null
}

function meterOfEnd(element: Exclude<BatchElement, { kind: 'place' }>): MeterSlug | null {
  const { meter } = element
  if (element.kind === 'release' || meter === null) return meter
  return Object.keys(element.amounts).every((name) => name === meter) ? meter : null
}

type PositionOf = (one: Common) => number

function endColumns(ends: readonly Common[], positionOf: PositionOf): unknown[][] {
  const operations = ends.map(({ element }) => element.operationId)
  const fences = ends.map(({ element }) => (element.kind === 'place' ? 0 : element.fence))
  const settled = (element: BatchElement): SettleElement | null =>
    element.kind === 'settle' ? element : null
  return [
    ends.map(positionOf),
    operations,
    fences,
    ends.map(({ element, meter }) => settled(element)?.amounts[meter] ?? null),
    ends.map(({ element }) => element.kind === 'release'),
    ends.map(({ element }) => settled(element)?.result ?? null),
  ]
}

function placeColumns(places: readonly Common[], positionOf: PositionOf): unknown[][] {
  const calls = places.flatMap(({ element }) => (element.kind === 'place' ? [element] : []))
  return [
    places.map(positionOf),
    calls.map(({ operationId }) => operationId),
    calls.map(({ charges }) => charges[0]?.hold),
    calls.map(operationKeyOf),
    calls.map(({ fingerprint }) => uuidOfDigest(fingerprint)),
    calls.map(({ procedure }) => procedure),
    calls.map(({ feature }) => feature),
    calls.map(({ deadlineMs }) => deadlineMs),
  ]
}
