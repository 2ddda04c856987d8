import { createClient, withOperationKey } from '@tollgate/client'
import { useBalance } from '@tollgate/client/react'

const client = createClient({ url: '/trpc' })
// @ts-expect-error wrong input: a text is a text
void client.tools.qrCode.mutate(withOperationKey({ text: 1 }))
// @ts-expect-error there is no such meter
export const useWrongMeter = () => useBalance('images')
