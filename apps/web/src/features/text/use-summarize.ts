import { trpc, useBilledStream } from '@tollgate/client/react'

/** Summarises a text piece by piece; charged for the tokens that were really used. */
export function useSummarize() {
  const { client } = trpc.useUtils()
  return useBilledStream('text.summarize', (input: { text: string; sentences: number }, options) =>
    client.text.summarize.mutate(input, options),
  )
}
