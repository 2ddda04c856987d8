import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { OPERATION_ID_HEADER, RECEIPT_HEADER, REPLAYED_HEADER } from '@tollgate/contract'
import { z } from 'zod'

/** A response of the API as a tool result; if the same call is still running, also how long to wait for it. */
export async function toToolResult(
  response: Response,
): Promise<{ result: CallToolResult; retryAfterMs: number | null }> {
  const body = answer.parse(await response.json())
  if ('result' in body) {
    const { data } = body.result
    const receipt = response.headers.get(RECEIPT_HEADER)
    const structuredContent = {
      result: data ?? null,
      operationId: response.headers.get(OPERATION_ID_HEADER),
      replayed: response.headers.get(REPLAYED_HEADER) === 'true',
      ...(receipt === null ? {} : z.looseObject({}).parse(JSON.parse(receipt))),
    }
    return { result: { content: textOf(data), structuredContent }, retryAfterMs: null }
  }
  const refusal = refusalOf(body)
  return {
    result: { isError: true, content: textOf(refusal.message), structuredContent: refusal },
    retryAfterMs: refusal.kind === 'in_progress' ? (refusal.retryAfterMs ?? null) : null,
  }
}

const refused = z.looseObject({
  kind: z.string(),
  message: z.string(),
  retryAfterMs: z.number().optional(),
})
const answer = z.union([
  z.object({ result: z.object({ data: z.unknown() }) }),
  z.object({
    error: z.object({
      message: z.string(),
      data: z.object({ code: z.string(), billing: refused.nullish() }),
    }),
  }),
  z.object({ error: z.string(), message: z.string() }),
])

type Failure = Exclude<z.output<typeof answer>, { result: unknown }>

/** A billing refusal as the API sends it; of any other error only its code. */
function refusalOf(body: Failure): z.output<typeof refused> {
  if ('message' in body) return { kind: body.error, message: body.message }
  const { message, data } = body.error
  return data.billing ?? { kind: data.code.toLowerCase(), message }
}

function textOf(value: unknown): CallToolResult['content'] {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null)
  return [{ type: 'text', text }]
}
