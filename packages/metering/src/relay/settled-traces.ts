import type { SpanContext } from '@opentelemetry/api'

/** Deliveries follow within seconds; while the backend is down, the oldest are dropped and their deliveries start new traces. */
const OPERATIONS_MAX = 10_000

/** The spans that settled this process's traced operations, for the delivery of their usage events. */
export type SettledTraces = {
  remember(operationId: string, settled: SpanContext | null): void
  /** The spans that settled these operations, if they were recorded in this process. */
  of(operationIds: readonly string[]): SpanContext[]
}

/** Ignores spans that are not recorded. */
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
