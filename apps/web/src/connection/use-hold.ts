import { type QueryClient, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Outputs, trpc } from './trpc.ts'

/** Debounces typing. */
const DEBOUNCE_MS = 400

/** The credits that a call with this input would hold, at most and at least, as quoted by the server; null until the quote is there. */
export function useHold(path: string, input: object | null): Hold | null {
  const { client } = trpc.useUtils()
  const text = input && JSON.stringify(input)
  const typed = useDebounced(text)
  const quote = useQuery({
    queryKey: quoteKey(path, typed),
    queryFn: () => client.billing.quote.mutate({ path, input: JSON.parse(typed ?? 'null') }),
    enabled: typed !== null,
    staleTime: Number.POSITIVE_INFINITY,
    // A missing quote only hides a detail of the button, which is not worth retries.
    retry: false,
  })
  const charge = quote.data?.charges[0]
  if (typed !== text || !charge) return null
  return { most: charge.hold, least: charge.least ?? charge.hold }
}

/** The hold if the balance covers it, and the least with which the call starts. */
type Hold = { most: number; least: number }

/** The cached quote for this input; null if there is none. */
export function knownHold(queryClient: QueryClient, path: string, input: unknown): number | null {
  const key = quoteKey(path, JSON.stringify(input))
  const quote = queryClient.getQueryData<Outputs['billing']['quote']>(key)
  return quote?.charges[0]?.hold ?? null
}

function quoteKey(path: string, input: string | null) {
  return ['billing.quote', path, input]
}

function useDebounced(text: string | null): string | null {
  const [debounced, setDebounced] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(text), DEBOUNCE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return debounced
}
