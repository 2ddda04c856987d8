import { createTollgate } from '@tollgate/client/react'
import type { AppRouter } from './router'

export const tollgate = createTollgate<AppRouter>({
  url: 'http://127.0.0.1:3000/trpc',
  streams: { 'text.summarize': true },
  getToken: () => null,
})
