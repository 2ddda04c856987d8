import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type Database,
  ensureDatabase,
  openDatabase,
  startEmbeddedPostgres,
} from '@tollgate/database'
import { z } from 'zod'
import { type Child, startChild } from '../processes/child-process.ts'
import { type Sample, sampleSchema } from '../measure/sample.ts'
import type { LoadRequest } from '../load/load-request.ts'
import type { FlowgladAccess } from '../subject/naive-call.ts'
import type { PairsRequest } from '../subject/subject-questions.ts'

/** A subject on a database of its own. */
export type SubjectProcess = {
  child: Child
  port: number
  database: Database
}

/** Everything a run needs, each part in a process of its own: database, billing backend, server, load generator. */
export type Stage = {
  subject: SubjectProcess
  load(request: LoadRequest): Promise<Sample>
  /** Pairs of hold and settle inside the server's process, without HTTP. */
  pairs(request: PairsRequest): Promise<Sample>
  /** How many billed calls were seen to succeed so far. */
  billedSucceeded(): number
  /** How many requests the billing backend has received. */
  backendRequests(): Promise<number>
  /** Another server on another, empty database. */
  openSubject(name: string): Promise<SubjectProcess>
  close(): Promise<void>
}

/** Builds the stage in a temporary directory, which goes with it. */
export async function openStage(): Promise<Stage> {
  const undo: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const step of undo.splice(0).toReversed()) await step()
  }
  try {
    const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-bench-'))
    undo.push(() => rm(directory, { recursive: true, force: true }))
    const postgres = await startEmbeddedPostgres({ directory: path.join(directory, 'postgres') })
    undo.push(() => postgres.stop())
    const makeDatabase = async (name: string) => {
      await ensureDatabase({ url: postgres.url('postgres'), name })
      return postgres.url(name)
    }

    const backend = startChild(new URL('../backend/backend.process.ts', import.meta.url))
    undo.push(() => backend.stop())
    const access = await backend.ask({
      name: 'start',
      input: {
        databaseUrl: await makeDatabase('billing'),
        apiKeyFile: path.join(directory, 'billing-api-key'),
      },
      answer: z.object({ url: z.string(), apiKey: z.string() }),
    })
    const flowglad: FlowgladAccess = { apiKey: access.apiKey, baseUrl: access.url }

    const openSubject = async (name: string): Promise<SubjectProcess> => {
      const databaseUrl = await makeDatabase(name)
      const child = startChild(new URL('../subject/subject.process.ts', import.meta.url))
      undo.push(() => child.stop())
      const { port } = await child.ask({
        name: 'start',
        input: { databaseUrl, flowglad },
        answer: z.object({ port: z.number() }),
      })
      const database = openDatabase({ url: databaseUrl, maxConnections: 1 })
      undo.push(() => database.close())
      return { child, port, database }
    }

    const load = startChild(new URL('../load/load.process.ts', import.meta.url))
    undo.push(() => load.stop())
    const subject = await openSubject('bench')
    let billed = 0
    return {
      subject,
      openSubject,
      async load(request) {
        const sample = await load.ask({ name: 'load', input: request, answer: sampleSchema })
        if (request.procedure === 'billed') billed += sample.succeeded
        return sample
      },
      async pairs(request) {
        const { child } = subject
        const sample = await child.ask({ name: 'pairs', input: request, answer: sampleSchema })
        billed += sample.succeeded
        return sample
      },
      billedSucceeded: () => billed,
      backendRequests: () => backend.ask({ name: 'requests', answer: z.number() }),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
