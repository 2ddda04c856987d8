import { z } from 'zod'
import { callAs } from '../load/call-as.ts'
import { type Sample, sampleSchema } from '../measure/sample.ts'
import { CUSTOMERS } from './customers.ts'
import type { Harness } from './open-harness.ts'

/** What is measured, and at which concurrency. */
export const CELLS = [
  ...[1, 16, 64].flatMap((c) => [
    http('unbilled', c, { procedure: 'unbilled', customers: CUSTOMERS.spread }),
    http('billed', c, { procedure: 'billed', customers: CUSTOMERS.spread }),
    http('billed hot', c, { procedure: 'billed', customers: CUSTOMERS.hot }),
    http('naive', c, { procedure: 'naive', customers: CUSTOMERS.naive }),
  ]),
  ...[1, 64].flatMap((c) => [
    http('billed far', c, { procedure: 'billed', customers: CUSTOMERS.spread, farMs: 40 }),
    http('naive far', c, { procedure: 'naive', customers: CUSTOMERS.naive, farMs: 40 }),
    inserts(c),
    pairs('pair', c, { statements: 'gathered', customers: CUSTOMERS.spread }),
    pairs('pair hot', c, { statements: 'gathered', customers: CUSTOMERS.hot }),
  ]),
  relaying(64),
  pairs('pair limited', 64, {
    statements: 'gathered',
    customers: CUSTOMERS.limited,
    limited: true,
  }),
  pairs('pair costed', 64, {
    statements: 'gathered',
    customers: CUSTOMERS.spread,
    costed: true,
  }),
  pairs('pair hot single', 64, { statements: 'single', customers: CUSTOMERS.hot }),
] as const satisfies readonly Cell[]

/** Names what a cell measures. */
export type CellName =
  | 'unbilled'
  | 'billed'
  | 'billed hot'
  | 'naive'
  | 'billed relaying'
  | 'billed far'
  | 'naive far'
  | 'raw insert'
  | 'pair'
  | 'pair hot'
  | 'pair hot single'
  | 'pair limited'
  | 'pair costed'

export type Timing = { warmUpMs: number; measureMs: number }

export type Cell = {
  name: CellName
  concurrency: number
  /** Also measures disk writes, which takes a moment before and after. */
  watchesDisk?: boolean
  measure(harness: Harness, timing: Timing): Promise<Sample>
}

function http(
  name: CellName,
  concurrency: number,
  {
    farMs = 0,
    procedure,
    customers,
  }: { farMs?: number; procedure: string; customers: readonly string[] },
): Cell {
  return {
    name,
    concurrency,
    async measure({ subject, load }, timing) {
      await subject.child.request({ name: 'delay', input: { ms: farMs }, answer: z.null() })
      const { port } = subject
      return load({ ports: [port], procedure, ...callAs(customers), concurrency, ...timing })
    },
  }
}

/** Billed calls while earlier ones are delivered to the backend; in all other cells deliveries wait until the end. */
function relaying(concurrency: number): Cell {
  const { measure } = http('billed', concurrency, {
    procedure: 'billed',
    customers: CUSTOMERS.spread,
  })
  return {
    name: 'billed relaying',
    concurrency,
    async measure(harness, timing) {
      const relay = (running: boolean) =>
        harness.subject.child.request({ name: 'relay', input: { running }, answer: z.null() })
      await relay(true)
      try {
        return await measure(harness, timing)
      } finally {
        await relay(false)
      }
    },
  }
}

function inserts(concurrency: number): Cell {
  return {
    name: 'raw insert',
    concurrency,
    measure: ({ subject }, timing) =>
      subject.child.request({
        name: 'inserts',
        input: { concurrency, ...timing },
        answer: sampleSchema,
      }),
  }
}

function pairs(
  name: CellName,
  concurrency: number,
  how: {
    statements: 'gathered' | 'single'
    customers: readonly string[]
    limited?: true
    costed?: true
  },
): Cell {
  return {
    name,
    concurrency,
    watchesDisk: concurrency > 1,
    measure: (harness, timing) =>
      harness.pairs({ ...how, customers: [...how.customers], concurrency, ...timing }),
  }
}
