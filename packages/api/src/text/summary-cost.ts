import type { ProviderCost } from '../operator/provider-cost.ts'
import type { TextModel } from '../text-model.ts'

/** Millionths of a dollar per token that comes out, by the model's name; one that goes in costs less. */
const MICROS_PER_TOKEN: Readonly<Record<string, number>> = { 'gpt-5-mini': 2 }

/** What a summary costs us: nothing where we write it ourselves, null for a model whose price is not known here. */
export function summaryCost({ text }: { text: TextModel }): ProviderCost | null {
  const provider = text.name
  if (text.kind === 'extractive') return { provider, microsPerCredit: 0 }
  const microsPerCredit = MICROS_PER_TOKEN[provider]
  return microsPerCredit === undefined ? null : { provider, microsPerCredit }
}
