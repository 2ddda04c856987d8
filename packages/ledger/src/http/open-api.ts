import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'

/** The OpenAPI document of a list of endpoints: generated from the definitions that handle the requests. */
export function openApi(endpoints: readonly Endpoint[], serverUrl: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const endpoint of endpoints) {
    const path = `/api/v1${endpoint.path.replaceAll(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tollgate billing',
      version: '1.0.0',
      description:
        'The self-hosted billing backend: Flowglad’s API, with a ledger and a clock of its own.',
    },
    servers: [{ url: serverUrl }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'Authorization' } },
      schemas: { Error: ERROR },
    },
  }
}

const ERROR = {
  type: 'object',
  required: ['error', 'code', 'request_id'],
  properties: {
    error: { type: 'string', description: 'What is wrong and what to do, in words.' },
    code: { type: 'string', description: 'What is wrong, to be compared.' },
    request_id: { type: 'string' },
  },
}

function operation({ method, path, summary, query, body, answer }: Endpoint) {
  const refused = {
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  }
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[/:-]+(\w)/g, (_match, letter: string) => letter.toUpperCase())}`,
    summary,
    parameters: [
      ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...(query ? queryParameters(query) : []),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: jsonSchema(body) } },
      },
    }),
    responses: {
      200: {
        description: 'Done.',
        content: { 'application/json': { schema: answerSchema(answer) } },
      },
      400: { description: 'The input is not right.', ...refused },
      401: { description: 'The API key is missing or unknown.', ...refused },
      404: { description: 'There is no such thing.', ...refused },
      409: { description: 'It contradicts what is there; repeating it does not help.', ...refused },
    },
  }
}

function queryParameters(query: z.ZodType) {
  const { properties = {}, required = [] } = jsonSchema(query)
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

/** The schema of the request as sent, before transformations such as instants to milliseconds. */
function jsonSchema(schema: z.ZodType) {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
}

function answerSchema(answer: z.ZodType) {
  return z.toJSONSchema(answer, { io: 'output' })
}
