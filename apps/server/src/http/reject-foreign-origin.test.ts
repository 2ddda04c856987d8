import { describe, expect, it } from 'vitest'
import { rejectForeignOrigin } from './reject-foreign-origin.ts'

const check = rejectForeignOrigin(['https://studio.example'])

describe('the origin of a request', () => {
  it.each([
    {
      name: 'our own page',
      method: 'POST',
      headers: { cookie: 'a=b', origin: 'https://studio.example' },
      status: null,
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
      status: null,
    },
    {
      name: 'any page that only reads',
      method: 'GET',
      headers: { cookie: 'a=b', origin: 'https://evil.example' },
      status: null,
    },
  ])('is answered with $status for $name', ({ method, headers, status }) => {
    const sent: Record<string, string> = { ...headers }
    const request = {
      method,
      path: '/',
      url: '/',
      body: null,
      header: (name: string) => sent[name],
    }
    expect(check(request)?.status ?? null).toBe(status)
  })
})
