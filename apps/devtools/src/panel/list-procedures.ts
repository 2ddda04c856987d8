import { appRouter, type Meta } from '@tollgate/api'
import { type PriceDescription, priceDescriptionOf } from '@tollgate/trpc'
import { z } from 'zod'

/** A procedure as the panel shows it. */
export type ListedProcedure = {
  path: string
  type: string
  billed: boolean
  /** Its cost, or why it is free. */
  cost: string
  /** A valid example input. */
  example: unknown
  /** The JSON Schema of the input. */
  schema: unknown
}

/** Every procedure of the product. */
export function listProcedures(): ListedProcedure[] {
  const procedures: Record<string, unknown> = appRouter._def.procedures
  return Object.entries(procedures).flatMap(([path, procedure]) => {
    if (!hasDefinition(procedure)) return []
    const { type, meta, inputs = [] } = procedure._def
    const billing = priceDescriptionOf(procedure)
    return [
      {
        path,
        type,
        billed: billing !== null,
        cost: costOf(type, meta, billing),
        example: billing?.example ?? {},
        schema: schemaOf(inputs[0]),
      },
    ]
  })
}

/** The example of a billed procedure; throws with the list of procedures if the name is unknown. */
export function exampleOf(path: string): object {
  const billed = listProcedures().filter(({ billed: costs }) => costs)
  const found = billed.find((procedure) => procedure.path === path)
  if (found && typeof found.example === 'object' && found.example !== null) return found.example
  throw new Error(
    `"${path}" is not billed. Billed are: ${billed.map((one) => one.path).join(', ')}.`,
  )
}

function costOf(type: string, meta: Meta | undefined, billing: PriceDescription | null): string {
  if (meta?.free) return `free: ${meta.free}`
  if (!billing) return type === 'mutation' ? 'free' : 'a read'
  const { charges, settle } = billing
  return charges.map(({ meter, amount }) => `${amountOf(amount, settle)} × ${meter}`).join(', ')
}

function amountOf(amount: number | null, settle: 'hold' | 'reported'): string {
  if (amount === null) return settle === 'hold' ? 'by its input' : 'what it used'
  return settle === 'hold' ? String(amount) : `up to ${amount}`
}

function schemaOf(schema: unknown): unknown {
  if (!(schema instanceof z.ZodType)) return null
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
}

type Definition = { type: string; meta?: Meta; inputs?: unknown[] }

function hasDefinition(procedure: unknown): procedure is { _def: Definition } {
  return typeof procedure === 'function' && '_def' in procedure
}
