import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Database, ensureDatabase, openDatabase } from '@tollgate/database'
import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { z } from 'zod'
import { type Child, startChild } from '../processes/child-process.ts'
import { REPOSITORY } from '../repository.ts'
import { type Sample, sampleSchema } from '../measure/sample.ts'
import type { LoadRequest } from '../load/load-request.ts'
import type { PairsRequest, SubjectOptions } from '../subject/subject-requests.ts'

/** A subject with its own database. */
export type SubjectProcess = {
  child: Child
  port: number
  database: Database
  databaseUrl: string
}

/** Everything a run needs, each part in its own process: database, billing backend, server, load generator. */
export type Harness = {
  subject: SubjectProcess
  load(request: LoadRequest): Promise<Sample>
  /** Pairs of hold and settle inside the server's process, without HTTP. */
  pairs(request: PairsRequest): Promise<Sample>
  /** The number of billed calls that succeeded so far. */
  billedSucceeded(): number
  /** The processes under test: server, database, billing backend. */
  pids: readonly number[]
  /** The number of requests the billing backend has received. */
  backendRequests(): Promise<number>
  /** Starts another server on another, empty database. */
  openSubject(name: string): Promise<SubjectProcess>
  close(): Promise<void>
}

/**
 * Builds the harness in a temporary directory, which is removed on close. Server and billing backend come from the checkout at `root`, by
 * default this one; the database and the load generator are always this one's.
 */
export async function openHarness({ root = REPOSITORY } = {}): Promise<Harness> {
  const undo: Undo = []
  const close = async () => {
    for (const step of undo.splice(0).toReversed()) await step()
  }
  try {
    return { ...(await build(root, undo)), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Cleanup steps, in the order in which their resources were opened. */
type Undo = (() => Promise<unknown>)[]

async function build(root: string, undo: Undo): Promise<Omit<Harness, 'close'>> {
  const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-bench-'))
  undo.push(() => rm(directory, { recursive: true, force: true }))
  const postgres = await openPostgres(path.join(directory, 'postgres'), undo)
  const { backend, flowglad } = await openBackend(root, undo, {
    databaseUrl: await postgres.makeDatabase('billing'),
    apiKeyFile: path.join(directory, 'billing-api-key'),
  })
  const openSubject = async (name: string) =>
    openSubjectProcess(root, undo, { databaseUrl: await postgres.makeDatabase(name), flowglad })
  const load = startChild(new URL('../load/load.process.ts', import.meta.url))
  undo.push(() => load.stop())
  const subject = await openSubject('bench')
  let billed = 0
  return {
    subject,
    openSubject,
    async load(request) {
      const sample = await load.request({ name: 'load', input: request, answer: sampleSchema })
      if (request.procedure === 'billed') billed += sample.succeeded
      return sample
    },
    async pairs(request) {
      const { child } = subject
      const sample = await child.request({ name: 'pairs', input: request, answer: sampleSchema })
      billed += sample.succeeded
      return sample
    },
    billedSucceeded: () => billed,
    pids: [subject.child.pid, backend.pid, postgres.pid],
    backendRequests: () => backend.request({ name: 'requests', answer: z.number() }),
  }
}

async function openPostgres(directory: string, undo: Undo) {
  const postgres = await startEmbeddedPostgres({ directory })
  undo.push(() => postgres.stop())
  return {
    pid: Number.parseInt(readFileSync(path.join(directory, 'postmaster.pid'), 'utf8'), 10),
    async makeDatabase(name: string) {
      await ensureDatabase({ url: postgres.url('postgres'), name })
      return postgres.url(name)
    },
  }
}

async function openBackend(
  root: string,
  undo: Undo,
  input: { databaseUrl: string; apiKeyFile: string },
) {
  const backend = startChild(new URL('../backend/backend.process.ts', import.meta.url), root)
  undo.push(() => backend.stop())
  const { url, apiKey } = await backend.request({
    name: 'start',
    input,
    answer: z.object({ url: z.string(), apiKey: z.string() }),
  })
  return { backend, flowglad: { apiKey, baseUrl: url } }
}

async function openSubjectProcess(
  root: string,
  undo: Undo,
  input: SubjectOptions,
): Promise<SubjectProcess> {
  const child = startChild(new URL('../subject/subject.process.ts', import.meta.url), root)
  undo.push(() => child.stop())
  const { port } = await child.request({
    name: 'start',
    input,
    answer: z.object({ port: z.number() }),
  })
  const database = openDatabase({ url: input.databaseUrl, maxConnections: 1 })
  undo.push(() => database.close())
  return { child, port, database, databaseUrl: input.databaseUrl }
}
