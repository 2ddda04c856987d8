import { isChargeable } from '@tollgate/contract'
import { whyNotComparable } from '@tollgate/metering'
import { PriceError } from './price-error.ts'
import { describeIssues, type Schema } from './schema.ts'
import type { Tariff } from './tariff.ts'

/** Stops a procedure at its definition whose examples its own input refuses, or whose price can come out as nothing. */
export function checkExamples(tariff: Tariff, schemas: readonly Schema[]): void {
  const { example, otherExample } = tariff
  if (schemas.length === 0) return
  if (!tariff.fingerprint) checkComparison(example)
  for (const one of otherExample === undefined ? [example] : [example, otherExample]) {
    const refusal = read(schemas, one)
    if (refusal.kind === 'refused') {
      throw new PriceError(`has an example that its own input refuses: ${refusal.problem}`)
    }
  }
  for (const emptied of variants(example)) {
    const input = read(schemas, emptied)
    if (input.kind === 'read') checkAmounts(tariff, emptied, input.value)
  }
}

/** Two inputs that cannot be distinguished would be answered with each other's result. */
function checkComparison(example: unknown): void {
  const problem = whyNotComparable(example)
  if (problem === null) return
  throw new PriceError(
    `has an example that ${problem}, which cannot be compared with a retry’s. Give the price a fingerprint: (input) => …, which says what makes two inputs the same.`,
  )
}

type Read =
  | { kind: 'read'; value: unknown }
  | { kind: 'refused'; problem: string }
  | { kind: 'later' }

/** What the schemas make of a value at once; one that has to wait is not checked here. */
function read(schemas: readonly Schema[], value: unknown): Read {
  let parsed: unknown
  for (const schema of schemas) {
    const result = schema['~standard'].validate(value)
    if (result instanceof Promise) return { kind: 'later' }
    if (result.issues) return { kind: 'refused', problem: describeIssues(result.issues) }
    parsed =
      isRecord(parsed) && isRecord(result.value) ? { ...parsed, ...result.value } : result.value
  }
  return { kind: 'read', value: parsed }
}

/** The example with each of its texts, lists and numbers emptied in turn, however deep: what a price forgets to expect. */
function variants(value: unknown): unknown[] {
  if (typeof value === 'string') return ['']
  if (typeof value === 'number') return [0]
  if (typeof value === 'bigint') return [0n]
  if (Array.isArray(value)) {
    const items = value.flatMap((item, index) =>
      variants(item).map((other) => value.with(index, other)),
    )
    return [[], ...items]
  }
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, field]) =>
    variants(field).map((emptied) => ({ ...value, [key]: emptied })),
  )
}

function checkAmounts(tariff: Tariff, sent: unknown, input: unknown): void {
  for (const { meter, amount } of tariff.charges) {
    const price = typeof amount === 'function' ? amountOf(amount, input) : amount
    if (price === null || isChargeable(price)) continue
    throw new PriceError(
      `of "${meter}" came out as ${price} for ${written(sent)}, which the input accepts. Write atLeast(1, …) or give the input a minimum.`,
    )
  }
}

function written(input: unknown): string {
  return JSON.stringify(input, (_name, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  )
}

/** Null for an amount that has to wait or cannot be computed without its server. */
function amountOf(amount: (input: unknown) => unknown, input: unknown): number | null {
  try {
    const price = amount(input)
    if (price instanceof Promise) price.catch(() => {})
    return typeof price === 'number' ? price : null
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  )
}
