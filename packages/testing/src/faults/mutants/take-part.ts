/** One part of a list: every sixth item from the second for `2/6`, all items for `1/1`. Throws for an invalid part. */
export function takePart<T>(all: readonly T[], part: string): T[] {
  const [, which, of] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(part)?.map(Number) ?? []
  if (which === undefined || of === undefined || which > of) {
    throw new Error(`"${part}" names no part. For the second of six: 2/6.`)
  }
  return all.filter((_, index) => index % of === which - 1)
}
