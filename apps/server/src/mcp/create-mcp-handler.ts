import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import {
  CallToolRequestSchema,
  ErrorCode,
  isInitializeRequest,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js'
import type { AgentTool, RateLimit } from '@tollgate/api'
import { jobKey } from '@tollgate/trpc'
import type { Caller } from '../auth/create-caller-finder.ts'
import { CLIENT_ADDRESS_HEADER } from '../http/client-address.ts'
import { errorResponse } from '../http/error-response.ts'
import { callTool, type Credentials, type HandleTrpc } from './call-tool.ts'
import type { McpSessions } from './create-mcp-sessions.ts'

/** The MCP endpoint. */
export const MCP_PATH = '/mcp'

const SESSION_HEADER = 'mcp-session-id'
/** In the `_meta` of a tool call: the operation key of a caller that retries with a new request. */
const KEY_FIELD = 'tollgate/operation-key'

/**
 * Offers billed procedures as tools over MCP's streamable HTTP. No state is kept between requests: a call's operation key is derived from
 * its session and its request id, so that a repeated request gets the stored result.
 */
export function createMcpHandler(options: {
  tools: readonly AgentTool[]
  sessions: McpSessions
  readCaller(headers: Headers): Promise<Caller | null>
  rateLimit: RateLimit
  handleTrpc: HandleTrpc
}): (request: Request) => Promise<Response> {
  const { tools, sessions, readCaller, rateLimit, handleTrpc } = options
  const byName = new Map(tools.map((tool) => [tool.name, tool]))
  const listed = tools.map(({ name, description, inputSchema }) => ({
    name,
    description,
    inputSchema,
  }))

  return async function handleMcp(request) {
    const credentials = credentialsOf(request)
    const caller = credentials.authorization ? await readCaller(new Headers(credentials)) : null
    if (!caller) return notSignedIn()
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: POST_ONLY })
    const { id } = caller.user
    const waitMs = await rateLimit({ caller: id, path: MCP_PATH, kind: 'read' })
    if (waitMs !== null) return errorResponse('rate_limited', { retryAfterMs: waitMs })
    const message = await readMessage(request)
    if (message === null) return errorResponse('bad_request', { message: NO_MESSAGE })
    const isFirst = isInitializeRequest(message)
    const session = isFirst ? sessions.open(id) : request.headers.get(SESSION_HEADER)
    if (session === null) return errorResponse('bad_request', { message: NO_SESSION })
    // A client opens a new session if its own is not found.
    if (!sessions.isOf(session, id)) return errorResponse('not_found')
    const server = serve({ session, credentials, signal: request.signal })
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    await server.connect(transport)
    const response = await transport.handleRequest(request, { parsedBody: message })
    await server.close()
    if (isFirst) response.headers.set(SESSION_HEADER, session)
    return response
  }

  function serve(call: { session: string; credentials: Credentials; signal: AbortSignal }): Server {
    const server = new Server(
      { name: 'tollgate', version: '1.0.0' },
      { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
    )
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listed }))
    server.setRequestHandler(CallToolRequestSchema, ({ params }, { requestId }) => {
      const tool = byName.get(params.name)
      if (!tool) throw new McpError(ErrorCode.InvalidParams, `There is no tool "${params.name}".`)
      const given = params._meta?.[KEY_FIELD]
      const key =
        typeof given === 'string' ? given : jobKey(call.session, JSON.stringify(requestId))
      return callTool(handleTrpc, { ...call, path: tool.path, input: params.arguments ?? {}, key })
    })
    return server
  }
}

/** Cookies are left out: a page open in a browser must not call tools. The address is passed on to limit the guessing of keys. */
function credentialsOf({ headers }: Request): Credentials {
  return {
    authorization: headers.get('authorization') ?? '',
    [CLIENT_ADDRESS_HEADER]: headers.get(CLIENT_ADDRESS_HEADER) ?? '',
  }
}

async function readMessage(request: Request): Promise<object | null> {
  try {
    const message: unknown = await request.json()
    return typeof message === 'object' && !Array.isArray(message) ? message : null
  } catch {
    return null
  }
}

function notSignedIn(): Response {
  const response = errorResponse('not_signed_in', { message: NO_KEY })
  response.headers.set('WWW-Authenticate', 'Bearer')
  return response
}

const POST_ONLY = { Allow: 'POST' }
const NO_KEY = 'Send your key as "Authorization: Bearer …".'
const NO_MESSAGE = 'Send one JSON-RPC message.'
const NO_SESSION = 'Send the Mcp-Session-Id of your initialization.'
const INSTRUCTIONS =
  'Every tool costs credits of the account whose key you use; its description says how many. A refused call is free, and its structured content says what is missing and where to continue.'
