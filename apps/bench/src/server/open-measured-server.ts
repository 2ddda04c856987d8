import { type LedgerCheck, checkLedger } from '../compare/check-ledger.ts'
import type { LoadRequest } from '../load/load-request.ts'
import { type Sample, sampleSchema } from '../measure/sample.ts'
import { watchOthers } from '../measure/watch-others.ts'
import type { Child } from '../processes/child-process.ts'
import type { Timing } from '../run/cells.ts'
import { countStatements } from './count-statements.ts'
import { makeSessions } from './make-sessions.ts'
import { readServerCpu, spentPerCall } from './read-server-cpu.ts'
import { type RealServer, startRealServer } from './real-server.ts'
import type { ServerCell } from './server-cells.ts'
import type { ServerMeasured, ServerResult } from './server-result.ts'
import type { ServerVariant } from './server-variant.ts'
import { signInGuests } from './sign-in-guests.ts'
import { statementsOnPath } from './statements-on-path.ts'
import { waitUntilDelivered } from './wait-until-delivered.ts'

/** Enough that a batch rarely contains one of them twice. */
const GUESTS = 30
/** More than any round uses. */
const COLD_SESSIONS = 5_000
/** The grant of the scarce meter to a new customer in the product's pricing file. */
const RACE = { credits: 10, calls: 64 }

/** A header that does not identify the caller. */
const NO_BEARER = 'Accept: */*'

/** A running variant that can be measured. */
export type MeasuredServer = {
  pids: readonly number[]
  /** One round of a cell; `ours` are the processes of the benchmark. */
  measure(cell: ServerCell, timing: Timing, ours: readonly number[]): Promise<ServerMeasured>
  /** Makes more concurrent calls than there are credits, then checks the ledger of all calls so far. */
  conclude(): Promise<{ race: ServerResult['race']; ledger: LedgerCheck }>
  close(): Promise<void>
}

/** Starts a variant and signs its guests in. */
export async function openMeasuredServer(
  variant: ServerVariant,
  load: Child,
): Promise<MeasuredServer> {
  const server = await startRealServer(variant)
  try {
    return measured(server, {
      tokens: await signInGuests(server, GUESTS),
      root: variant.root,
      load,
    })
  } catch (error) {
    await server.close()
    throw error
  }
}

function measured(
  server: RealServer,
  { tokens, root, load }: { tokens: readonly string[]; root: string; load: Child },
): MeasuredServer {
  // Each guest has made one call.
  let billed = GUESTS
  const run = async (request: Omit<LoadRequest, 'ports'>) => {
    const input = { ...request, ports: [...server.ports] }
    const sample = await load.request({ name: 'load', input, answer: sampleSchema })
    if (request.procedure !== 'noOps.open' && request.procedure !== 'noOps.signedIn')
      billed += sample.succeeded
    return sample
  }
  return {
    pids: [...server.pids.servers, server.pids.postgres],
    close: server.close,
    async measure({ procedure, session, concurrency }, timing, ours) {
      const isWarm = session === 'warm'
      const bearers = (isWarm ? tokens : await makeSessions(server, COLD_SESSIONS)).map(asBearer)
      const callers = procedure === 'noOps.open' ? [NO_BEARER] : bearers
      const order = isWarm ? 'at_random' : 'each_once'
      if (isWarm) await showSessions(server, bearers, load)
      await waitUntilDelivered(server.product)
      return measureLoop(server, ours, () =>
        run({ procedure, callers, order, concurrency, ...timing }),
      )
    },
    async conclude() {
      const { credits, calls } = RACE
      const { succeeded: passed } = await run({
        procedure: 'noOps.scarce',
        callers: tokens.slice(0, 1).map(asBearer),
        order: 'at_random',
        concurrency: calls,
        operationsMax: calls,
        warmUpMs: 0,
        measureMs: 60_000,
      })
      await waitUntilDelivered(server.product)
      const ledger = await checkLedger({
        root,
        database: server.product,
        databaseUrl: server.productUrl,
        succeeded: billed,
        deducted: await readDeducted(server),
      })
      return { race: { credits, calls, passed }, ledger }
    },
  }
}

/** Lets every process cache each caller's session, which it keeps for seconds. */
async function showSessions(server: RealServer, callers: string[], load: Child): Promise<void> {
  for (const port of server.ports) {
    const input: LoadRequest = {
      ports: [port],
      procedure: 'noOps.signedIn',
      callers,
      order: 'each_once',
      concurrency: 1,
      warmUpMs: 0,
      measureMs: 60_000,
    }
    await load.request({ name: 'load', input, answer: sampleSchema })
  }
}

async function measureLoop(
  server: RealServer,
  ours: readonly number[],
  loop: () => Promise<Sample>,
): Promise<ServerMeasured> {
  const executed = await countStatements(server)
  const others = watchOthers(ours)
  const before = readServerCpu(server)
  const sample = await loop()
  const after = readServerCpu(server)
  const othersShare = others()
  const statements = await executed()
  await waitUntilDelivered(server.product)
  const { succeeded } = sample
  return {
    ...sample,
    othersShare,
    statements,
    statementsOnPath: statementsOnPath(statements) / succeeded,
    cpu: spentPerCall(before, after, succeeded),
    cpuDelivered: spentPerCall(before, readServerCpu(server), succeeded),
  }
}

async function readDeducted({ ledger }: RealServer): Promise<number> {
  const [row] = await ledger.query<{ deducted: number }>({
    text: 'select coalesce(sum(amount), 0)::bigint as deducted from usage_event',
  })
  return row?.deducted ?? Number.NaN
}

function asBearer(token: string): string {
  return `Authorization: Bearer ${token}`
}
