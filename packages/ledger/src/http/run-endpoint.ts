import type { Context, Handler } from 'hono'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import type { Endpoint } from './endpoint.ts'
import { requireStorable } from './require-storable.ts'
import type { LedgerVariables } from './ledger-variables.ts'

/** Makes the route handler of an endpoint, which responds with JSON and 200 as Flowglad does. */
export function runEndpoint(ledger: Ledger, endpoint: Endpoint): Handler<LedgerVariables> {
  return async function answer(context) {
    const result = await endpoint.run({
      ledger,
      scope: { ...context.req.param(), organizationId: context.get('organizationId') },
      query: context.req.query(),
      body: endpoint.body === null ? undefined : await readBody(context),
    })
    return Response.json(result)
  }
}

async function readBody(context: Context<LedgerVariables>): Promise<unknown> {
  const text = await context.req.text()
  if (text === '') return {}
  const body = parse(text)
  requireStorable(body)
  return body
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new LedgerError('BAD_REQUEST', 'The body is not JSON.', { cause: error })
  }
}
