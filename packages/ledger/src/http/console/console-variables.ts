import type { Context } from 'hono'
import type { LedgerVariables } from '../ledger-variables.ts'

/** A request for a page of the console with its organisation. */
export type ConsoleContext = Context<LedgerVariables>
