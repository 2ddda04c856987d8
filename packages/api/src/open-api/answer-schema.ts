import { z } from 'zod'

/** A procedure's input as JSON; anything if it has none. */
export function inputSchema(input: z.ZodType | null): object {
  return input ? z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) : {}
}

/** A procedure's answer, in tRPC's envelope. */
export function answerSchema(output: z.ZodType | null): object {
  const data = output ? z.toJSONSchema(output, { unrepresentable: 'any' }) : {}
  return {
    type: 'object',
    required: ['result'],
    properties: { result: { type: 'object', required: ['data'], properties: { data } } },
  }
}
