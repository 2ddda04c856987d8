import { BILLING_ERROR_STATUS, type BillingErrorKind } from '@tollgate/contract'
import { billingActionsSchema, billingErrorSchemas } from '@tollgate/contract/schema'
import { z } from 'zod'

/** The failed answers of a call: one entry per status, with every kind it can carry; all kinds when none are given. */
export function refusalResponses(only?: readonly BillingErrorKind[]): Record<string, object> {
  const kinds = Object.entries(BILLING_ERROR_STATUS).filter(
    ([kind]) => only === undefined || only.some((named) => named === kind),
  )
  const statuses = [...new Set(kinds.map(([, status]) => status))]
  return Object.fromEntries(
    statuses.map((status) => {
      const names = kinds.filter(([, own]) => own === status).map(([kind]) => kind)
      const schemas = names.map((kind) => ({ $ref: `#/components/schemas/${kind}` }))
      const billing = { anyOf: hasOthers(status) ? [...schemas, { type: 'null' }] : schemas }
      return [
        String(status),
        {
          description: `Not done, not charged by this call: ${names.join(', ')}`,
          content: { 'application/json': { schema: envelope(billing, status) } },
        },
      ]
    }),
  )
}

/** The schema of every kind of refusal by name, and of the refusal actions. */
export function refusalSchemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>()
  registry.add(billingActionsSchema, { id: 'Actions' })
  for (const [id, schema] of Object.entries(billingErrorSchemas)) registry.add(schema, { id })
  const uri = (id: string) => `#/components/schemas/${id}`
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri })
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id: _id, $schema: _dialect, ...schema }]) => [id, schema]),
  )
}

/** Whether the status can have other causes than billing: a bad input, the scope of an API key. */
function hasOthers(status: number): boolean {
  return status === 400 || status === 403
}

function envelope(billing: object, status: number): object {
  const data = {
    type: 'object',
    required: ['code', 'httpStatus', 'billing'],
    properties: {
      code: { type: 'string' },
      httpStatus: { type: 'integer' },
      billing,
      ...(status === 400 ? { issues: ISSUES } : {}),
    },
  }
  return {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['message', 'data'],
        properties: { message: { type: 'string' }, data },
      },
    },
  }
}

/** What is wrong with an input, by field. */
const ISSUES = z.toJSONSchema(
  z
    .array(
      z.object({
        path: z.string(),
        code: z.string(),
        message: z.string(),
        characters: z.array(z.string()).optional(),
      }),
    )
    .nullable(),
)
