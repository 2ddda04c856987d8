import type { CountTokens } from './estimate-tokens.ts'
import { creditsOf, type ModelPrice } from './model-price.ts'
import { createPartReader } from './part-reader.ts'
import type { CallParams, GenerateResult } from './sdk-types.ts'

/** How the tokens of a model are counted, and what they cost. */
export type Counting = { price: ModelPrice; countTokens: CountTokens }

/** One model call: the counted tokens, and the usage that its provider reports instead. */
export type Step = {
  /** The counted tokens of the prompt. */
  readonly input: number
  /** The counted tokens that were delivered. */
  output: number
  /** The provider's usage, once that is charged instead. */
  usage: GenerateResult['usage'] | null
}

/** Counts the prompt of a call that is about to be made. */
export async function openStep(
  { prompt, tools = [] }: Pick<CallParams, 'prompt' | 'tools'>,
  { countTokens }: Pick<Counting, 'countTokens'>,
): Promise<Step> {
  const texts = [...prompt.flatMap(({ content }) => textsOf(content)), ...tools.flatMap(textsOf)]
  return { input: await countAll(countTokens, texts), output: 0, usage: null }
}

/** Counts a complete response. */
export async function closeStep(
  step: Step,
  { content, usage }: GenerateResult,
  { countTokens }: Pick<Counting, 'countTokens'>,
): Promise<void> {
  const read = createPartReader()
  const texts = content.map((part) =>
    part.type === 'text' || part.type === 'reasoning' ? part.text : read(part),
  )
  step.output = await countAll(countTokens, texts)
  step.usage = usage
}

/** What a call costs so far: by the provider's usage, or by the counted tokens if it reports none. */
export function creditsOfStep({ input, output, usage }: Step, { price }: Counting): number {
  if (!usage && output === 0) return 0
  return creditsOf(price, {
    input: usage?.inputTokens.total ?? input,
    cachedInput: usage?.inputTokens.cacheRead ?? 0,
    output: usage?.outputTokens.total ?? output,
  })
}

async function countAll(countTokens: CountTokens, texts: readonly string[]): Promise<number> {
  let tokens = 0
  for (const text of texts) tokens += await countTokens(text)
  return tokens
}

/** Every text in a prompt or in the schema of a tool. The bytes and URLs of files are not counted. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) => (LABELS.has(name) ? [] : textsOf(item)))
}

/** Fields that describe a part rather than reaching the model, and the bytes of files. */
const LABELS = new Set(['type', 'role', 'mediaType', 'toolCallId', 'providerOptions', 'data'])
