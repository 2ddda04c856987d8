import type { AnyRouter } from '@trpc/server'
import { createTollgate, type Tollgate } from './create-tollgate.ts'
import type { MeterOf } from './router/meter-of.ts'
import type { BilledPath } from './router/stream-path.ts'
import { createTollgateCore } from './tollgate-core.ts'
import type { TollgateOptions } from './tollgate-options.ts'

/** What a run may do: a total of credits per meter, procedures, and its duration. */
export type RunBudget<Router extends AnyRouter> = {
  limits: { [Meter in MeterOf<Router>]?: number }
  /** Defaults to the procedures that its key or parent run may call. */
  procedures?: readonly BilledPath<Router>[]
  /** Defaults to an hour; never longer than its key or parent run. */
  expiresInSeconds?: number
}

/** A run that was started. */
export type StartedRun<Router extends AnyRouter> = {
  id: string
  /** What an agent sends as its bearer token, over HTTP, OpenAPI or MCP. */
  token: string
  expiresAt: string
  /** Calls within the run's budget. */
  tollgate: Tollgate<Router>
  /** Ends the run, and every run below it. */
  end(): Promise<void>
}

/**
 * Starts a run with a part of a key's budget; with a run's token as `apiKey`, starts a run below that one.
 *
 * @example
 * const run = await startRun<AppRouter>({ url, apiKey, streams }, { limits: { api_calls: 5 } })
 * await run.tollgate.client.draw.mutate({ prompt: 'a fox' })
 * await run.end()
 */
export async function startRun<Router extends AnyRouter>(
  options: TollgateOptions<Router> & { apiKey: string },
  budget: RunBudget<Router>,
): Promise<StartedRun<Router>> {
  const { untyped } = createTollgateCore(options)
  const started: unknown = await untyped.mutation('runs.create', budget)
  if (!isStarted(started)) throw new Error('The server has no runs: it answered something else.')
  const { id, token, expiresAt } = started
  const end = async () => void (await untyped.mutation('runs.end', { id }))
  const tollgate = createTollgate<Router>({ ...options, apiKey: token })
  return { id, token, expiresAt, tollgate, end }
}

function isStarted(value: unknown): value is { id: string; token: string; expiresAt: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['id', 'token', 'expiresAt'].every((name) => typeof Reflect.get(value, name) === 'string')
  )
}
