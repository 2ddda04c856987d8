/**
 * An amount of at least `least`, for a price that could otherwise be 0.
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
