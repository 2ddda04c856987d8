import { appRouter } from '@tollgate/api'
import { priceDescriptionOf } from '@tollgate/trpc'

/** A procedure of the product, as an attacker finds it. */
export type Procedure = {
  path: string
  type: 'query' | 'mutation' | 'subscription'
  /** The input its author says it accepts; only billed procedures have one. */
  example: unknown
}

type Definition = { type: Procedure['type'] }

/** Every procedure of a router, of the product's unless another is given. */
export function readProcedures(
  procedures: Record<string, unknown> = appRouter._def.procedures,
): Procedure[] {
  return Object.entries(procedures).flatMap(([path, procedure]) =>
    hasDefinition(procedure)
      ? [{ path, type: procedure._def.type, example: priceDescriptionOf(procedure)?.example }]
      : [],
  )
}

function hasDefinition(procedure: unknown): procedure is { _def: Definition } {
  return typeof procedure === 'function' && '_def' in procedure
}
