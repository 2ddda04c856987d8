import { z } from 'zod'

/** What a procedure takes as JSON; anything where it takes nothing. */
export function inputSchema(input: z.ZodType | null): object {
  return input ? z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) : {}
}

/** What a procedure answers, in the envelope that tRPC puts it into. */
export function answerSchema(output: z.ZodType | null): object {
  const data = output ? z.toJSONSchema(output, { unrepresentable: 'any' }) : {}
  return {
    type: 'object',
    required: ['result'],
    properties: { result: { type: 'object', required: ['data'], properties: { data } } },
  }
}
