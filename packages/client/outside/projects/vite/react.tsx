import {
  createTollgate,
  TollgateProvider,
  trpc,
  useBalance,
  useBilledMutation,
} from '@tollgate/client/react'

const tollgate = createTollgate({ url: '/trpc' })

export function App() {
  return (
    <TollgateProvider tollgate={tollgate}>
      <Studio />
    </TollgateProvider>
  )
}

function Studio() {
  const { balance } = useBalance('image_generations')
  const catalog = trpc.billing.catalog.useQuery()
  const generate = useBilledMutation(trpc.images.generate)
  return (
    <button onClick={() => generate.submit({ prompt: 'a fox' })}>
      {balance?.remaining} {catalog.data?.offers.length} {generate.output?.url}
    </button>
  )
}
