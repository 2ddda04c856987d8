/** The procedure a mutation calls: "images.generate"; empty for mutations that are none of ours. */
export function pathOf(mutation: { options: { mutationKey?: readonly unknown[] } }): string {
  const path = mutation.options.mutationKey?.[0]
  return Array.isArray(path) ? path.join('.') : ''
}
