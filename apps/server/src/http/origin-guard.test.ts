import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { originGuard } from './origin-guard.ts'

const app = new Hono()
app.use(originGuard({ allowedOrigins: ['https://studio.example'] }))
app.all('/', (c) => c.text('through'))

describe('originGuard', () => {
  it.each([
    {
      name: 'our own page',
      method: 'POST',
      headers: { cookie: 'a=b', origin: 'https://studio.example' },
      status: 200,
    },
    {
      name: 'another site',
      method: 'POST',
      headers: { cookie: 'a=b', origin: 'https://evil.example' },
      status: 403,
    },
    {
      name: 'a look-alike host',
      method: 'POST',
      headers: { cookie: 'a=b', origin: 'https://studio.example.evil.example' },
      status: 403,
    },
    {
      name: 'our host over http',
      method: 'POST',
      headers: { cookie: 'a=b', origin: 'http://studio.example' },
      status: 403,
    },
    {
      name: 'a page without an origin',
      method: 'POST',
      headers: { cookie: 'a=b', origin: 'null' },
      status: 403,
    },
    {
      name: 'a sibling subdomain',
      method: 'POST',
      headers: { cookie: 'a=b', 'sec-fetch-site': 'same-site' },
      status: 403,
    },
    {
      name: 'a phone with a token',
      method: 'POST',
      headers: { authorization: 'Bearer t', origin: 'https://evil.example' },
      status: 200,
    },
    {
      name: 'anybody who only reads',
      method: 'GET',
      headers: { cookie: 'a=b', origin: 'https://evil.example' },
      status: 200,
    },
  ])('answers $status to $name', async ({ method, headers, status }) => {
    const plain: Record<string, string> = { ...headers }
    expect((await app.request('/', { method, headers: plain })).status).toBe(status)
  })
})
