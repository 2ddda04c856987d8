import { useQuery } from '@tanstack/react-query'
import { tollgate } from './tollgate'

export function App() {
  return (
    <tollgate.Provider>
      <Studio />
    </tollgate.Provider>
  )
}

function Studio() {
  const { balance } = tollgate.useBalance('image_generations')
  const catalog = useQuery({
    queryKey: ['catalog'],
    queryFn: () => tollgate.client.billing.catalog.query(),
  })
  const generate = tollgate.useBilled((api) => api.images.generate)
  const summary = tollgate.useBilledStream((api) => api.text.summarize)
  return (
    <button onClick={() => generate.submit({ prompt: 'a fox' })}>
      {balance?.remaining} {catalog.data?.offers.length} {generate.output?.url}
      {summary.chunks.map(({ text }) => text)}
    </button>
  )
}
