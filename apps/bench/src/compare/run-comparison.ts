import { watchMachine } from '../measure/machine.ts'
import type { Options } from '../options.ts'
import { growthRatios } from '../report/growth-ratios.ts'
import { commitOf, describeRevision } from '../revision/commit-of.ts'
import { openRevision, type Revision } from '../revision/open-revision.ts'
import { runCommand } from '../processes/run-command.ts'
import { type Growth, measureGrowth } from '../run/measure-growth.ts'
import { openHarness } from '../run/open-harness.ts'
import { measureStarts, type Start } from '../server/measure-start.ts'
import { measureServers } from '../server/measure-servers.ts'
import type { ServerResult } from '../server/server-result.ts'
import type { ServerVariant } from '../server/server-variant.ts'
import type { Comparison } from './comparison.ts'
import { judgeCore } from './judge-core.ts'
import { judgeServer } from './judge-server.ts'
import { line, type Line } from './line.ts'
import { type CoreResult, measureCore } from './measure-core.ts'

/** The options of a comparison. */
export type ComparisonOptions = Options & { against: string; onProgress: (what: string) => void }

const STARTS = 3

type Revisions = { this: Revision; other: Revision }

/** Compares the tracked files of the working tree with another commit. */
export async function runComparison(options: ComparisonOptions): Promise<Comparison> {
  const opened: Revision[] = []
  const open = async (label: string, name: string | null) => {
    options.onProgress(`checking out and installing ${label}`)
    const commit = await commitOf(name)
    const revision = await openRevision({ commit, label, withServer: options.server })
    opened.push(revision)
    return revision
  }
  try {
    const other = await open(options.against, options.against)
    return await measure({ this: await open('this', null), other }, options)
  } finally {
    for (const revision of opened) await revision.close()
  }
}

async function measure(revisions: Revisions, options: ComparisonOptions): Promise<Comparison> {
  const startedAt = Date.now()
  const describeMachine = watchMachine()
  const core = await measureCore(revisions, options)
  const { servers, lines: serverLines, missing } = await compareServers(revisions, options)
  const growth = await measureStored(options)
  const starts = await startThis(revisions, options)
  return {
    startedAt: new Date(startedAt).toISOString(),
    minutes: (Date.now() - startedAt) / 60_000,
    machine: describeMachine(),
    revisions: {
      this: await describeRevision(null),
      other: await describeRevision(options.against),
    },
    rounds: options.rounds,
    timing: options.timing,
    lines: [...judgeCore(core), ...judgeGrowth(growth), ...serverLines, ...judgeStarts(starts)],
    core: { this: reportOf(core.this), other: reportOf(core.other) },
    servers,
    serversMissing: missing,
    growth,
    starts,
  }
}

async function compareServers(
  revisions: Revisions,
  options: ComparisonOptions,
): Promise<{ servers: ServerResult[]; lines: Line[]; missing: string | null }> {
  const { alsoNode } = options
  for (const { label, server } of [revisions.other, revisions.this]) {
    if ('missing' in server)
      return { servers: [], lines: [], missing: `${label}: ${server.missing}` }
  }
  const node = process.execPath
  const variants = [
    ...(await variantOf(revisions.other, { node, processes: 1 })),
    ...(await variantOf(revisions.this, { node, processes: 1 })),
    ...(await variantOf(revisions.this, { node, processes: 2 })),
    ...(alsoNode ? await variantOf(revisions.this, { node: alsoNode, processes: 1 }) : []),
  ]
  const servers = await measureServers(variants, options)
  const [other, one, two, otherNode = null] = servers
  if (!other || !one || !two) throw new Error('A variant of the server was not measured.')
  return {
    servers,
    lines: judgeServer({ other, this: one, two, otherNode }),
    missing: null,
  }
}

async function variantOf(
  { label, directory, server }: Revision,
  { node, processes }: { node: string; processes: number },
): Promise<ServerVariant[]> {
  if ('missing' in server) return []
  const version = await runCommand(node, ['--version'], { cwd: directory })
  const name = `${label}, Node ${version.slice(1)}${processes > 1 ? ` × ${processes}` : ''}`
  return [{ name, root: directory, program: server, node, processes }]
}

/** Stored operations are only measured for this revision, whose sizes are compared with each other. */
async function measureStored(options: ComparisonOptions): Promise<Growth> {
  if (options.stored.length === 0) return []
  const harness = await openHarness()
  try {
    return await measureGrowth(harness, { ...options, sizes: options.stored })
  } finally {
    await harness.close()
  }
}

function judgeGrowth(growth: Growth): Line[] {
  return growthRatios(growth).map((ratio) => line({ id: '#12', limit: { atMost: 1.2 }, ...ratio }))
}

/** Only if the real server is measured, and last, because it installs a user's dependencies. */
async function startThis(revisions: Revisions, options: ComparisonOptions): Promise<Start[]> {
  if ('missing' in revisions.this.server) return []
  options.onProgress('starting this with npm start')
  return measureStarts(revisions.this.directory, STARTS)
}

function judgeStarts(starts: readonly Start[]): Line[] {
  if (starts.length === 0) return []
  return [
    line({
      id: '#13',
      what: 'seconds until a call is answered after npm start, nothing changed',
      limit: { atMost: 2 },
      values: starts.map(({ ms }) => ms / 1000),
      from: [starts],
    }),
  ]
}

function reportOf({ measurements, eventCpuMs, ledger }: CoreResult) {
  return { cells: measurements.cells(), eventCpuMs, ledger }
}
