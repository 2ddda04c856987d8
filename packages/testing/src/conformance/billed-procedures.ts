import { interceptWork, type Work } from './intercept-work.ts'

/** A price in a procedure's metadata: the part of the api's `Meta` that the kit reads. */
export type BilledMeta = {
  charges: readonly { meter: string; amount: number | null }[]
  /** A slug, or `by_input`. */
  feature: string | null
  /** Which calls are charged only once. */
  chargeOnce: 'per_key' | 'per_input' | 'per_result'
  example: unknown
  /** Another input, for a procedure whose example the kit cannot vary. */
  otherExample?: unknown
}

/** One billed procedure of a router, with its work instrumented. */
export type BilledProcedure = BilledMeta & {
  path: string
  work: Work
  /** Parses an input like the procedure; null when it is rejected. */
  parse(input: unknown): readonly unknown[] | null
}

/** Anything with tRPC's flat record of procedures. */
export type RouterLike = { _def: { procedures: Record<string, unknown> } }

/** Finds every billed procedure of a router. */
export function billedProcedures(router: RouterLike): BilledProcedure[] {
  return Object.entries(router._def.procedures).flatMap(([path, procedure]) => {
    const billing = metaOf(procedure)?.billing
    if (!billing) return []
    return [{ ...billing, path, work: interceptWork(procedure), parse: parserOf(procedure) }]
  })
}

/** The mutations that are neither billed nor have a reason to be free. */
export function unpricedMutations(router: RouterLike): string[] {
  return Object.entries(router._def.procedures)
    .filter(([, procedure]) => isMutation(procedure))
    .filter(([, procedure]) => !metaOf(procedure)?.billing && !metaOf(procedure)?.free)
    .map(([path]) => path)
}

type Meta = { billing?: BilledMeta; free?: string }

function metaOf(procedure: unknown): Meta | null {
  return hasDefinition(procedure) ? (procedure._def.meta ?? null) : null
}

function isMutation(procedure: unknown): boolean {
  return hasDefinition(procedure) && procedure._def.type === 'mutation'
}

function parserOf(procedure: unknown): BilledProcedure['parse'] {
  const schemas = hasDefinition(procedure) ? (procedure._def.inputs ?? []) : []
  return (input) => {
    const read = schemas.map((schema) => schema.safeParse(input))
    return read.every(({ success }) => success) ? read.map(({ data }) => data) : null
  }
}

type Definition = {
  type?: string
  meta?: Meta
  inputs?: { safeParse(input: unknown): { success: boolean; data?: unknown } }[]
}

function hasDefinition(procedure: unknown): procedure is { _def: Definition } {
  return typeof procedure === 'function' && '_def' in procedure
}
