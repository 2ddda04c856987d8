import { QueryClient } from '@tanstack/react-query'
import { retryDelay } from '../retry-policy.ts'

/** A balance this fresh is not refetched on focus; pushes and headers keep it current. */
const STALE_MS = 5000

/** Makes a query client whose queries follow the retry policy. Mutations are retried where their key is made. */
export function createQueryClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { ...RETRY, staleTime: STALE_MS } } })
}

/** The retry policy as options of the query library. */
export const RETRY = {
  retry: (failures: number, error: unknown) => retryDelay(failures, error) !== null,
  retryDelay: (failures: number, error: unknown) => retryDelay(failures, error) ?? 0,
}
