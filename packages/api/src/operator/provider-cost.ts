import type { TextModel } from '../text-model.ts'

/**
 * What a procedure costs us at the provider that does its work, in millionths of a dollar: per charged call, per charged credit, or both.
 * It is for figures alone; no charge depends on it.
 */
export type ProviderCost = {
  /** The model or the service, as figures name it. */
  provider: string
  microsPerCall?: number
  microsPerCredit?: number
}

/**
 * A procedure's cost, or how it follows from the models that a server runs with; null where it is not known.
 *
 * @example
 * billedProcedure.meta({ cost: { provider: 'a-drawing-service', microsPerCall: 4000 } })
 */
export type CostDeclaration = ProviderCost | ((models: { text: TextModel }) => ProviderCost | null)

/** What charged calls and their credits cost, in millionths of a dollar. */
export function costMicrosOf(
  { microsPerCall = 0, microsPerCredit = 0 }: ProviderCost,
  used: { charged: number; credits: number },
): number {
  return used.charged * microsPerCall + used.credits * microsPerCredit
}
