import { expect, it } from 'vitest'
import { returnToApp } from './return-to-app.ts'

const APP = 'tollgate://checkout'

function come(query: Record<string, string>) {
  return returnToApp([APP]).request(`/return-to-app?${new URLSearchParams(query)}`)
}

it.each(['success', 'cancelled'])(
  'leads a checkout that ended with %s on to the app',
  async (outcome) => {
    const answer = await come({ to: APP, checkout: outcome })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`${APP}?checkout=${outcome}`)
  },
)

it('hands on no outcome but the two there are', async () => {
  const answer = await come({ to: APP, checkout: 'paid' })
  expect(answer.headers.get('location')).toBe(APP)
})

it.each([
  'https://evil.example',
  'javascript:alert(1)',
  'tollgate://checkout/../elsewhere',
  'tollgate://checkout@evil.example',
  'TOLLGATE://checkout',
  '',
])('does not lead to %j, which is not listed', async (to) => {
  const answer = await come({ to, checkout: 'success' })
  expect(answer.status).toBe(400)
  expect(answer.headers.get('location')).toBeNull()
})

it('does not lead anywhere without the name of an app', async () => {
  expect((await come({})).status).toBe(400)
})
