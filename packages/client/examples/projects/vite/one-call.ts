import { createTollgate, intent } from '@tollgate/client'
import type { AppRouter } from './router'

declare const process: { argv: string[]; stdout: { write(text: string): void } }

const [, , url = '', token = ''] = process.argv
const { client } = createTollgate<AppRouter>({
  url,
  streams: { 'text.summarize': true },
  getToken: () => token,
})
const once = intent()
const first = await client.tools.qrCode.mutate({ text: 'once' }, once)
const second = await client.tools.qrCode.mutate({ text: 'once' }, once)
const { balances } = await client.billing.balance.query()
const used = balances.find(({ meter }) => meter === 'api_calls')?.used
process.stdout.write(JSON.stringify({ used, isSame: first.svg === second.svg }))
