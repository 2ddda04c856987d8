import { isChargeable } from '@tollgate/contract'
import { whyNotComparable } from '@tollgate/metering'
import { parseInput } from './parse-input.ts'
import { PriceError } from './price-error.ts'
import type { Schema } from './schema.ts'
import type { ParsedPrice } from './parse-price.ts'

/** Throws when a procedure is defined whose input rejects its examples, or whose price can be zero. */
export function checkExamples(price: ParsedPrice, schemas: readonly Schema[]): void {
  const { example, otherExample } = price
  if (schemas.length === 0) return
  if (!price.fingerprint) checkComparison(example)
  for (const one of otherExample === undefined ? [example] : [example, otherExample]) {
    const parsed = parseInput(schemas, one)
    // An asynchronous schema is not checked here.
    if ('ok' in parsed && !parsed.ok) {
      throw new PriceError(`has an example that its own input refuses: ${parsed.problem}`)
    }
  }
  for (const emptied of variants(example)) {
    const parsed = parseInput(schemas, emptied)
    if ('ok' in parsed && parsed.ok) checkAmounts(price, emptied, parsed.value)
  }
}

/** Inputs that cannot be distinguished would get each other's results. */
function checkComparison(example: unknown): void {
  const problem = whyNotComparable(example)
  if (problem === null) return
  throw new PriceError(
    `has an example that ${problem}, which cannot be compared with a retry’s. Give the price a fingerprint: (input) => …, which says what makes two inputs the same.`,
  )
}

/** The example with each of its strings, lists and numbers emptied in turn, at any depth: cases that a price tends to overlook. */
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

function checkAmounts(price: ParsedPrice, sent: unknown, input: unknown): void {
  for (const { meter, amount } of price.charges) {
    const computed = typeof amount === 'function' ? amountOf(amount, input) : amount
    if (computed === null || isChargeable(computed)) continue
    throw new PriceError(
      `of "${meter}" came out as ${computed} for ${written(sent)}, which the input accepts. Write atLeast(1, …) or give the input a minimum.`,
    )
  }
}

function written(input: unknown): string {
  return JSON.stringify(input, (_name, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  )
}

/** Null for an asynchronous amount, or one that cannot be computed without its server. */
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
