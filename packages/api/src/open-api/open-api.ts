import { OPERATION_ID_HEADER, OPERATION_KEY_HEADER, REPLAYED_HEADER } from '@tollgate/contract'
import { type TariffDescription, tariffDescriptionOf } from '@tollgate/trpc'
import type { TRPCRouterRecord } from '@trpc/server'
import { z } from 'zod'
import { ANSWERS } from './answers.ts'
import { refusalResponses, refusalSchemas } from './refusals.ts'

/**
 * The billed procedures as an OpenAPI 3.1 document, for Swift, Kotlin and everybody else without our types:
 * plain JSON in, the operation key as a required header, every refusal with its body.
 */
export function openApi(router: TRPCRouterRecord, serverUrl: string) {
  const procedures = billedIn(router, [])
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tollgate',
      version: '1.0.0',
      description:
        'Billed calls. Make one Idempotency-Key per click and send it again, with the same body, until there is an answer: the click is charged at most once.',
    },
    servers: [{ url: serverUrl }],
    security: [{ bearer: [] }],
    paths: Object.fromEntries(
      procedures.map((procedure) => [`/trpc/${procedure.path}`, { post: describe(procedure) }]),
    ),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: refusalSchemas(),
    },
  }
}

type Billed = { path: string; billing: TariffDescription; input: z.ZodType | undefined }

function billedIn(record: TRPCRouterRecord, parents: readonly string[]): Billed[] {
  return Object.entries(record).flatMap(([name, entry]) => {
    const path = [...parents, name]
    if (typeof entry !== 'function') return billedIn(entry, path)
    const billing = tariffDescriptionOf(entry)
    const inputs =
      'inputs' in entry._def && Array.isArray(entry._def.inputs) ? entry._def.inputs : []
    return billing ? [{ path: path.join('.'), billing, input: inputs.find(isSchema) }] : []
  })
}

function describe(procedure: Billed) {
  const { path, billing, input } = procedure
  return {
    operationId: path.replaceAll('.', '_'),
    summary: `Costs ${billing.charges.map(costOf).join(', ')}`,
    parameters: [
      {
        name: OPERATION_KEY_HEADER,
        in: 'header',
        required: true,
        description: 'One per click, the same on every retry of it.',
        schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{16,64}$' },
      },
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: input ? inputSchema(input) : {}, example: billing.example },
      },
    },
    responses: { '200': answerOf(path), ...refusalResponses() },
  }
}

function answerOf(path: string) {
  const answer = ANSWERS[path]
  const data = answer ? z.toJSONSchema(answer) : {}
  return {
    description: 'Done and charged once; a stored answer when it was done before.',
    headers: {
      [OPERATION_ID_HEADER]: { schema: { type: 'string' } },
      [REPLAYED_HEADER]: { schema: { const: 'true' } },
    },
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['result'],
          properties: { result: { type: 'object', required: ['data'], properties: { data } } },
        },
      },
    },
  }
}

function inputSchema(input: z.ZodType) {
  return z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
}

function costOf({ meter, amount }: TariffDescription['charges'][number]): string {
  return amount === null ? `${meter} as used` : `${amount} ${meter}`
}

function isSchema(value: unknown): value is z.ZodType {
  return value instanceof z.ZodType
}
