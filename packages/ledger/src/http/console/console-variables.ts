import type { Context } from 'hono'
import type { LedgerVariables } from '../require-key.ts'

/** A request for a page of the console; its organisation is chosen. */
export type ConsoleContext = Context<LedgerVariables>
