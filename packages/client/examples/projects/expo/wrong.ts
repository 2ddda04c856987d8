import { createTollgate } from '@tollgate/client/react'
import type { AppRouter } from './router'

const tollgate = createTollgate<AppRouter>({ url: '/trpc', streams: { 'text.summarize': true } })
// @ts-expect-error wrong input: the text must be a string
void tollgate.client.tools.qrCode.mutate({ text: 1 })
// @ts-expect-error there is no such meter
export const useWrongMeter = () => tollgate.useBalance('images')
