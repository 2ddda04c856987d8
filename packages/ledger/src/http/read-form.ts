import type { Context } from 'hono'
import { LedgerError } from '../core/ledger-error.ts'
import { requireStorable } from './require-storable.ts'

/** Reads the fields of a form; refuses one that is truncated or not a form. */
export async function readForm(context: Context): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = await context.req.parseBody().catch((error: unknown) => {
    throw new LedgerError('BAD_REQUEST', 'The form cannot be read.', { cause: error })
  })
  requireStorable(fields)
  return fields
}
