import { type QueryClient, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Outputs, trpc } from './trpc.ts'

/** Debounces typing. */
const DEBOUNCE_MS = 400

/** What a call with this input would hold, and from which part of it on it begins, as quoted by the server; null until the quote is there. */
export function useHold(path: string, input: object | null): Hold | null {
  const { client } = trpc.useUtils()
  const text = input && JSON.stringify(input)
  const typed = useDebounced(text)
  const quote = useQuery({
    queryKey: quoteKey(path, typed),
    queryFn: () => client.billing.quote.mutate({ path, input: JSON.parse(typed ?? 'null') }),
    enabled: typed !== null,
    staleTime: Number.POSITIVE_INFINITY,
    // Without a quote the button only shows less, which is not worth retries.
    retry: false,
  })
  const charge = quote.data?.charges[0]
  if (typed !== text || !charge) return null
  return { most: charge.hold, least: charge.least ?? charge.hold }
}

/** Credits to hold where they are there, and to begin with. */
type Hold = { most: number; least: number }

/** What `useHold` learned of this input before; null when nothing. */
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
