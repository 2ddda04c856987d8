import type { SpanContext } from '@opentelemetry/api'

/** Deliveries follow within seconds; while the backend is away, the oldest are forgotten and their deliveries traced by themselves. */
const OPERATIONS_MAX = 10_000

/** Where the traced operations of this process were settled, for the delivery of their usage events. */
export type SettledTraces = {
  remember(operationId: string, settled: SpanContext | null): void
  /** The spans that settled these operations, as far as they were recorded here. */
  of(operationIds: readonly string[]): SpanContext[]
}

/** Keeps nothing of what is not recorded. */
export function createSettledTraces(): SettledTraces {
  const settledBy = new Map<string, SpanContext>()
  return {
    remember(operationId, settled) {
      if (!settled) return
      const [oldest] = settledBy.keys()
      if (settledBy.size >= OPERATIONS_MAX && oldest !== undefined) settledBy.delete(oldest)
      settledBy.set(operationId, settled)
    },
    of: (operationIds) =>
      settledBy.size === 0 ? [] : operationIds.flatMap((id) => settledBy.get(id) ?? []),
  }
}
