import { answerSchema, inputSchema } from './answer-schema.ts'
import type { ListedProcedure } from './read-procedures.ts'
import { refusalResponses } from './refusals.ts'

/** A free procedure as the operations of its path: a read is a GET with its input in the query string. */
export function describeFree(procedure: ListedProcedure): object {
  const { path, type, input, output } = procedure
  const operation = {
    operationId: path.replaceAll('.', '_'),
    tags: ['Billing'],
    summary: output?.description ?? path,
    responses: {
      '200': { description: output?.description ?? 'Done.', content: answerOf(procedure) },
      ...refusalResponses(['not_signed_in', 'rate_limited', 'billing_unavailable']),
    },
  }
  const content = { 'application/json': { schema: inputSchema(input) } }
  switch (type) {
    case 'query':
    case 'subscription':
      return { get: input ? { ...operation, parameters: [inAddress(content)] } : operation }
    case 'mutation':
      return { post: input ? { ...operation, requestBody: { content } } : operation }
  }
}

function answerOf({ type, output }: ListedProcedure): object {
  return type === 'subscription'
    ? { 'text/event-stream': { schema: { type: 'string' } } }
    : { 'application/json': { schema: answerSchema(output) } }
}

function inAddress(content: object): object {
  return { name: 'input', in: 'query', description: 'JSON text.', content }
}
