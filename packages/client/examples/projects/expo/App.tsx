import { createTollgate, intent } from '@tollgate/client'
import { useEffect, useState } from 'react'
// @boundaries-ignore this file is copied into a project of its own
import { Text, View } from 'react-native'
import type { AppRouter } from './router'

export default function App() {
  const [status, setStatus] = useState('Calling…')
  useEffect(() => {
    callTwice().then(setStatus, (error: unknown) => setStatus(String(error)))
  }, [])
  return (
    <View>
      <Text>{status}</Text>
    </View>
  )
}

async function callTwice(): Promise<string> {
  const response = await fetch('/api/auth/sign-in/anonymous', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  const token = response.headers.get('set-auth-token')
  const { client } = createTollgate<AppRouter>({
    url: '/trpc',
    streams: { 'text.summarize': true },
    getToken: () => token,
  })
  const once = intent()
  const first = await client.tools.qrCode.mutate({ text: 'once' }, once)
  const second = await client.tools.qrCode.mutate({ text: 'once' }, once)
  const { balances } = await client.billing.balance.query()
  const used = balances.find(({ meter }) => meter === 'api_calls')?.used
  return `${used} charged, ${first.svg === second.svg ? 'same' : 'another'} result`
}
