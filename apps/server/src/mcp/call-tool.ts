import { setTimeout as pause } from 'node:timers/promises'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { OPERATION_KEY_HEADER } from '@tollgate/contract'
import type { CLIENT_ADDRESS_HEADER } from '../http/client-address.ts'
import { toToolResult } from './to-tool-result.ts'

/** Handles a request to the API; the path is that of its URL. */
export type HandleTrpc = (request: Request, path: string) => Promise<Response>

/** The headers that identify the caller and its address. */
export type Credentials = Record<'authorization' | typeof CLIENT_ADDRESS_HEADER, string>

/** A tool call with its caller and operation key. */
type ToolCall = {
  path: string
  input: object
  key: string
  credentials: Credentials
  signal: AbortSignal
}

/** How long a retry waits for the call that it repeats; a client with a shorter timeout retries again. */
const WAIT_MS_MAX = 30_000

/** Calls a procedure through the API like any other client, so that the same checks, limits and charges apply. */
export async function callTool(handleTrpc: HandleTrpc, call: ToolCall): Promise<CallToolResult> {
  const path = `/trpc/${call.path}`
  for (let waitedMs = 0; ;) {
    const request = new Request(`http://tollgate.invalid${path}`, {
      method: 'POST',
      headers: {
        ...call.credentials,
        'content-type': 'application/json',
        [OPERATION_KEY_HEADER]: call.key,
      },
      body: JSON.stringify(call.input),
      signal: call.signal,
    })
    const { result, retryAfterMs } = await toToolResult(await handleTrpc(request, path))
    // Waits here, because an agent would retry with a new request and be charged for both.
    if (retryAfterMs === null || waitedMs + retryAfterMs > WAIT_MS_MAX) return result
    await pause(retryAfterMs, undefined, { signal: call.signal })
    waitedMs += retryAfterMs
  }
}
