import fc from 'fast-check'
import type { CallSubject } from '@tollgate/contract'
import type { MeterCharge } from '../../src/metering.ts'

/** What one key of one customer requests; the same key always requests the same. */
export type Shape = {
  procedure: string
  charges: MeterCharge[]
  settle: 'hold' | 'reported'
  stream: boolean
  feature: string | null
}

/** What a client attempts, and what its work will do. */
export type Plan = {
  process: 0 | 1
  customer: 0 | 1
  key: number
  otherInput: boolean
  badCost: boolean
  /** How often the work waits for its turn. */
  steps: number
  ending: 'ok' | 'throw' | 'too large'
  /** Share of the hold that is used, in fifths; above five, usage exceeds the hold. */
  fifths: number
  /** After how many chunks the reader disconnects. */
  reads: number
  /** The subjects of the call. */
  subjects: keyof typeof SUBJECTS
}

/** Keys per customer: more than the balance covers, so that refusals are common. */
export const KEYS = 14

const images = (hold: number): MeterCharge => ({ meter: 'image_generations', hold })
const tokens = (hold: number): MeterCharge => ({ meter: 'ai_tokens', hold })
const calls = (hold: number): MeterCharge => ({ meter: 'api_calls', hold })
const plain = { settle: 'hold', stream: false, feature: null } as const

const SHAPES: readonly Shape[] = [
  { ...plain, procedure: 'images.generate', charges: [images(3)] },
  { ...plain, procedure: 'images.sketch', charges: [images(5)], settle: 'reported' },
  {
    ...plain,
    procedure: 'text.summarize',
    charges: [tokens(60)],
    settle: 'reported',
    stream: true,
  },
  { ...plain, procedure: 'text.illustrate', charges: [images(2), tokens(40)], settle: 'reported' },
  { ...plain, procedure: 'images.hd', charges: [images(2)], feature: 'hd_images' },
  { ...plain, procedure: 'tools.convert', charges: [calls(4)] },
  { ...plain, procedure: 'text.recite', charges: [calls(5)], settle: 'hold', stream: true },
]

const ada: CallSubject = { kind: 'member', id: 'ada' }
const key: CallSubject = { kind: 'key', id: 'k1' }
const root: CallSubject = { kind: 'run', id: 'root' }
const child: CallSubject = { kind: 'run', id: 'child' }

/** The subjects of calls, by a short name. */
export const SUBJECTS = {
  none: [],
  ada: [ada],
  'ada key': [ada, key],
  root: [root],
  'root child': [root, child],
} satisfies Record<string, CallSubject[]>

/** More chunks than any stream has. */
const READS_ALL = 100

/** What a key requests. */
export function shapeOf({ key }: Pick<Plan, 'key'>): Shape {
  const shape = SHAPES[key % SHAPES.length]
  if (!shape) throw new Error(`There is no shape for key ${key}.`)
  return shape
}

/** What a plan requests of a charge of its shape. */
export function askedOf(plan: Plan, charge: MeterCharge): MeterCharge {
  return {
    ...charge,
    hold: plan.badCost ? 0.5 : charge.hold,
    least: leastOf(plan, charge),
  }
}

/** The minimum of a call that accepts what is left: every fifth of those that report their usage. */
export function leastOf(plan: Plan, { hold }: { hold: number }): number | undefined {
  if (plan.steps < 4 || shapeOf(plan).settle !== 'reported') return undefined
  return Math.max(1, Math.floor((hold * (1 + (plan.fifths % 4))) / 5))
}

/** Whether the caller receives a stream as one response: every fourth of those that read to the end. */
export function collects({ reads, fifths }: Plan): boolean {
  return reads === READS_ALL && fifths % 4 === 3
}

/** Any attempt. Small numbers are common, so that keys are reused. */
export const planArbitrary: fc.Arbitrary<Plan> = fc.record({
  process: fc.constantFrom(0, 1),
  customer: fc.constantFrom(0, 0, 1),
  key: fc.nat({ max: KEYS - 1 }),
  otherInput: often(1, 12),
  badCost: often(1, 30),
  steps: fc.nat({ max: 4 }),
  ending: fc.oneof(
    { weight: 12, arbitrary: fc.constant('ok' as const) },
    { weight: 2, arbitrary: fc.constant('throw' as const) },
    { weight: 1, arbitrary: fc.constant('too large' as const) },
  ),
  fifths: fc.nat({ max: 8 }),
  reads: fc.oneof(
    { weight: 4, arbitrary: fc.constant(READS_ALL) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
  ),
  subjects: fc.constantFrom(
    'none',
    'none',
    'none',
    'none',
    'none',
    'ada',
    'ada',
    'ada key',
    'root',
  ),
})

function often(times: number, of: number): fc.Arbitrary<boolean> {
  return fc.nat({ max: of - 1 }).map((drawn) => drawn < times)
}
