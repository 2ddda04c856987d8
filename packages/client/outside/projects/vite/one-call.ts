import { createClient, newOperationKey, withOperationKey } from '@tollgate/client'

declare const process: { argv: string[]; stdout: { write(text: string): void } }

const [, , url = '', token = ''] = process.argv
const client = createClient({ url, getToken: () => token })
const key = newOperationKey()
const first = await client.tools.qrCode.mutate(withOperationKey({ text: 'once' }, key))
const second = await client.tools.qrCode.mutate(withOperationKey({ text: 'once' }, key))
const { balances } = await client.billing.balance.query()
const used = balances.find(({ meter }) => meter === 'api_calls')?.used
process.stdout.write(JSON.stringify({ used, isSame: first.svg === second.svg }))
