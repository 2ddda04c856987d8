import {
  type BalanceUpdate,
  BALANCE_HEADER,
  type BillingCustomer,
  type BillingError,
  decodeBalanceHeader,
  OPERATION_KEY_HEADER,
  REPLAYED_HEADER,
} from '@tollgate/contract'

/** Answers a request as the server would, for this caller. */
export type Handle = (request: Request, caller: BillingCustomer | null) => Promise<Response>

/** One or more calls of a procedure in one request. */
export type Call = {
  path: string
  inputs: readonly unknown[]
  /** The value of the key header; null for none. */
  key: string | null
  caller: BillingCustomer | null
}

/** The response to the first call. */
export type CallAnswer = {
  status: number
  /** The result without its receipt, which differs on every delivery. */
  output: unknown
  isStream: boolean
  billing: BillingError | null
  balances: BalanceUpdate[]
  replayed: boolean
  headers: Headers
}

const ADDRESS = 'http://127.0.0.1/trpc/'

/** Sends one call as plain JSON, like any HTTP client. */
export async function sendCall(handle: Handle, call: Omit<Call, 'inputs'> & { input: unknown }) {
  const response = await handle(requestOf({ ...call, inputs: [call.input] }), call.caller)
  return read(response, await response.json())
}

/** Sends several calls of one procedure in one request. */
export async function sendBatch(handle: Handle, call: Call): Promise<CallAnswer[]> {
  const response = await handle(requestOf(call, { batch: true }), call.caller)
  const bodies: unknown = await response.json()
  return (Array.isArray(bodies) ? bodies : [bodies]).map((body) => read(response, body))
}

/** Sends one call as a streaming client, and disconnects as soon as the work has begun. */
export async function sendAndHangUp(
  handle: Handle,
  call: Omit<Call, 'inputs'> & { input: unknown },
  begun: Promise<void>,
): Promise<void> {
  const gone = new AbortController()
  const request = requestOf({ ...call, inputs: [call.input] }, { batch: true, signal: gone.signal })
  const read = handle(request, call.caller).then(readUntilGone(gone.signal), () => undefined)
  // A refused call never begins.
  await Promise.race([begun, read])
  gone.abort()
  await read
}

function readUntilGone(signal: AbortSignal) {
  return async (response: Response): Promise<void> => {
    const reader = response.body?.getReader()
    const hangUp = () => void reader?.cancel().catch(() => undefined)
    signal.addEventListener('abort', hangUp)
    if (signal.aborted) hangUp()
    let chunk = await reader?.read()
    while (chunk && !chunk.done) chunk = await reader?.read()
  }
}

function requestOf(
  { path, inputs, key }: Call,
  options: { batch?: boolean; signal?: AbortSignal } = {},
): Request {
  const paths = inputs.map(() => path).join(',')
  const body = options.batch ? Object.fromEntries(inputs.entries()) : inputs[0]
  return new Request(`${ADDRESS}${paths}${options.batch ? '?batch=1' : ''}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === null ? {} : { [OPERATION_KEY_HEADER]: key }),
      ...(options.signal ? { 'trpc-accept': 'application/jsonl' } : {}),
    },
    body: JSON.stringify(body),
    ...(options.signal ? { signal: options.signal } : {}),
  })
}

function read(response: Response, body: unknown): CallAnswer {
  const { result, error } = isEnvelope(body) ? body : {}
  const data = result?.data
  const isStream = Array.isArray(data) && isReceipt(data.at(-1))
  return {
    status: error?.data?.httpStatus ?? response.status,
    output: isStream ? data.slice(0, -1) : data,
    isStream,
    billing: error?.data?.billing ?? null,
    balances: decodeBalanceHeader(response.headers.get(BALANCE_HEADER)),
    replayed: response.headers.get(REPLAYED_HEADER) === 'true',
    headers: response.headers,
  }
}

type Envelope = {
  result?: { data?: unknown }
  error?: { data?: { httpStatus?: number; billing?: BillingError | null } }
}

function isEnvelope(body: unknown): body is Envelope {
  return typeof body === 'object' && body !== null && ('result' in body || 'error' in body)
}

function isReceipt(chunk: unknown): boolean {
  return typeof chunk === 'object' && chunk !== null && 'type' in chunk && chunk.type === 'receipt'
}
