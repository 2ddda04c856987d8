/**
 * An amount that is never less than `least`: for a price that could come out as 0.
 *
 * @example
 * billing.procedure.input(z.object({ text: z.string() }))
 *   .price({ meter: 'ai_tokens', amount: atLeast(1, ({ text }: { text: string }) => text.length), example: { text: 'hello' } })
 */
export function atLeast<Input>(
  least: number,
  amount: (input: Input) => number,
): (input: Input) => number {
  return (input) => Math.max(least, amount(input))
}
