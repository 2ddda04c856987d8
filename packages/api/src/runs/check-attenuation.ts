import { TRPCError } from '@trpc/server'
import type { ApiKey } from '../api-keys/api-keys.ts'

/** The depth of runs below runs; limited because each is a subject of every hold. */
export const RUN_DEPTH_MAX = 8

/** What is requested for a new run. */
export type AskedRun = {
  limits: Readonly<Record<string, number>>
  procedures: readonly string[] | null
}

/**
 * Refuses a run that asks for more than its parent has; `parentLimits` are the parent's credits per meter, without an entry where a key has
 * no limit. Its lifetime needs no check: it ends with its parent.
 */
export function checkAttenuation(
  parent: ApiKey,
  parentLimits: ReadonlyMap<string, number>,
  asked: AskedRun,
): void {
  const who = parent.runs ? 'run' : 'API key'
  if ((parent.runs?.length ?? 0) >= RUN_DEPTH_MAX) {
    throw forbidden(
      `Runs are nested ${RUN_DEPTH_MAX} deep at most. Start this one from a run above.`,
    )
  }
  const foreign = asked.procedures?.find(
    (path) => parent.procedures !== null && !parent.procedures.includes(path),
  )
  if (foreign !== undefined) {
    throw forbidden(`This ${who} may not call ${foreign}, and neither may its runs. Leave it out.`)
  }
  for (const [meter, amount] of Object.entries(asked.limits)) {
    if (parent.meters !== null && !parent.meters.includes(meter)) {
      throw forbidden(`This ${who} may not spend ${meter}, and neither may its runs. Leave it out.`)
    }
    const most = parentLimits.get(meter) ?? (parent.runs ? 0 : Number.POSITIVE_INFINITY)
    if (amount > most) {
      throw forbidden(
        `This ${who} has a limit of ${most} of ${meter}. Give its run at most as much.`,
      )
    }
  }
}

function forbidden(message: string): TRPCError {
  return new TRPCError({ code: 'FORBIDDEN', message })
}
