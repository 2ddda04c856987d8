import type { Ledger } from '../ledger.ts'

/** Delivers what is due. */
export async function deliverWebhooks(_ledger: Ledger, _signal: AbortSignal): Promise<void> {}
