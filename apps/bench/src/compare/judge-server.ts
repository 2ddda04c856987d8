import { ratios } from '../report/goals.ts'
import type { ServerCellName } from '../server/server-cells.ts'
import type { ServerMeasured, ServerResult } from '../server/server-result.ts'
import { line, type Line } from './line.ts'

type Limit = Line['limit']

/** The variants of the real server in a comparison. */
export type Servers = {
  /** The other revision on this Node version. */
  other: ServerResult
  this: ServerResult
  /** This revision on another Node version; null if none was given. */
  otherNode: ServerResult | null
  /** This revision in two processes. */
  two: ServerResult
}

/** The requirements on the real server, compared with the other revision on this Node version. */
export function judgeServer(servers: Servers): Line[] {
  const { otherNode } = servers
  return [
    ...judgeVariant(servers, servers.this, GOALS.sameNode),
    ...(otherNode ? judgeVariant(servers, otherNode, GOALS.otherNode) : []),
    ...judgeStatements(servers.this),
    ...judgeTwo(servers),
    ...[servers.other, servers.this, otherNode, servers.two].flatMap((result) =>
      result ? judgeLedger(result) : [],
    ),
  ]
}

const GOALS = {
  sameNode: { signedIn: 8, signedInCpu: 0.25, billed: 6 },
  otherNode: { signedIn: 14, signedInCpu: 0.15, billed: 9 },
} as const

function judgeVariant(
  { other }: Servers,
  variant: ServerResult,
  goals: { signedIn: number; signedInCpu: number; billed: number },
): Line[] {
  const against = (
    what: string,
    limit: Limit,
    [name, concurrency]: [ServerCellName, number],
    figure: (sample: ServerMeasured) => number,
  ) => {
    const [now, then] = [cell(variant, name, concurrency), cell(other, name, concurrency)]
    return line({
      id: '#13',
      what: `${variant.name}: ${what}, by ${other.name}`,
      limit,
      values: ratios(now.map(figure), then.map(figure)),
      from: [now, then],
    })
  }
  const cost = (what: string, limit: Limit, name: ServerCellName, figure: Figure) =>
    line({
      id: '#13',
      what: `${variant.name}: ${what}`,
      limit,
      values: cell(variant, name, 64).map(figure),
      before: cell(other, name, 64).map(figure),
      from: [cell(variant, name, 64)],
    })
  return [
    against('signed-in no-op, calls/s at 64', { atLeast: goals.signedIn }, ['signed in', 64], rate),
    against('the same, session cold', null, ['signed in, cold', 64], rate),
    cost('signed-in no-op, server CPU ms', { atMost: goals.signedInCpu }, 'signed in', serverCpu),
    against('billed, calls/s at 64', { atLeast: goals.billed }, ['billed', 64], rate),
    against('the same, session cold', null, ['billed, cold', 64], rate),
    against('billed, p99 at 64', { atMost: 1 }, ['billed', 64], ({ p99 }) => p99),
    against('billed, p50 one at a time', { atMost: 0.4 }, ['billed', 1], ({ p50 }) => p50),
    cost('billed and delivered, CPU ms of all processes', null, 'billed', allCpu),
  ]
}

type Figure = (sample: ServerMeasured) => number

function judgeStatements(result: ServerResult): Line[] {
  const statements = (concurrency: number, limit: Limit) => {
    const samples = cell(result, 'billed', concurrency)
    return line({
      id: '#13',
      what: `${result.name}: statements on the path of a billed call, ${concurrency} at once`,
      limit,
      values: samples.map(({ statementsOnPath }) => statementsOnPath),
      from: [],
    })
  }
  return [statements(1, { atMost: 2 }), statements(64, { atMost: 0.2 })]
}

function judgeTwo({ this: one, two }: Servers): Line[] {
  return (['signed in', 'billed'] as const).map((name) => {
    const [now, then] = [cell(two, name, 64), cell(one, name, 64)]
    return line({
      id: '#13',
      what: `two server processes ÷ one: ${name}, calls/s at 64`,
      limit: null,
      values: ratios(now.map(rate), then.map(rate)),
      from: [now, then],
    })
  })
}

function judgeLedger({ name, race, ledger }: ServerResult): Line[] {
  return [
    line({
      id: '#13',
      what: `${name}: overspent in ${race.calls} calls at once for ${race.credits} credits`,
      limit: { atMost: 0 },
      values: [Math.max(0, race.passed - race.credits)],
      from: [],
    }),
    line({
      id: '#13',
      what: `${name}: ledger exact over ${ledger.succeeded} charges (1 = yes)`,
      limit: { atLeast: 1 },
      values: [ledger.exact ? 1 : 0],
      from: [],
    }),
  ]
}

function cell(result: ServerResult, name: ServerCellName, concurrency: number) {
  const found = result.cells.find((each) => each.name === name && each.concurrency === concurrency)
  return found?.rounds ?? []
}

const rate = ({ perSecond }: ServerMeasured) => perSecond
const serverCpu = ({ cpu }: ServerMeasured) => cpu.server
const allCpu = ({ cpuDelivered: { server, billing, postgres } }: ServerMeasured) =>
  server + billing + postgres
