import { appRouter } from '@tollgate/api'
import { priceDescriptionOf } from '@tollgate/trpc'

/** A procedure of the product, as an attacker sees it. */
export type Procedure = {
  path: string
  type: 'query' | 'mutation' | 'subscription'
  /** An example input by its author; only billed procedures have one. */
  example: unknown
}

type Definition = { type: Procedure['type'] }

/** Every procedure of a router, by default the product's. */
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
