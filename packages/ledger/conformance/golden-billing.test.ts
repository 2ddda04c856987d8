import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { keyPaths } from './key-paths.ts'
import { type Backend, startBackend } from './start-backend.ts'

const file = (name: string) => new URL(`golden/${name}`, import.meta.url)

let backend: Backend

beforeAll(async () => {
  backend = await startBackend({ pricingPath: file('pricing.yaml').pathname })
})
afterAll(() => backend.close())

// Fields that our response has in addition to Flowglad's, on every balance.
const OURS = ['usedBalance', 'balanceLimit', 'resetsAt', 'unlimited', 'breakdown']
const OURS_INSIDE = ['source', 'name', 'granted', 'remaining', 'expiresAt']

it('has the key set of the recorded answer, deeply, and beyond it only our own fields of a balance', async () => {
  const golden = keyPaths(JSON.parse(readFileSync(file('billing.json'), 'utf8')))
  const { externalId, flowglad } = backend.as()
  await flowglad.findOrCreateCustomer()
  const ours = keyPaths(await backend.admin.getCustomerBilling(externalId))

  expect([...golden].filter((path) => !ours.has(path))).toEqual([])
  const beyond = [...ours].filter((path) => !golden.has(path))
  const balances = [...golden].filter((path) => path.endsWith('usageMeterBalances[]'))
  expect(balances).toHaveLength(3)
  expect(beyond.toSorted()).toEqual(
    balances
      .flatMap((path) => [
        ...OURS.map((key) => `${path}.${key}`),
        `${path}.breakdown[]`,
        ...OURS_INSIDE.map((key) => `${path}.breakdown[].${key}`),
      ])
      .toSorted(),
  )
})

it('has values of the recorded kinds', async () => {
  const golden = JSON.parse(readFileSync(file('billing.json'), 'utf8'))
  const { externalId, flowglad } = backend.as()
  await flowglad.findOrCreateCustomer()
  const ours: unknown = await backend.admin.getCustomerBilling(externalId)
  expect(kinds(ours, golden)).toEqual([])
})

/** Compares the types of values in both; null matches any type. */
function kinds(ours: unknown, golden: unknown, path = ''): string[] {
  if (ours === null || golden === null || ours === undefined) return []
  if (Array.isArray(golden)) {
    return Array.isArray(ours) && ours.length > 0 && golden.length > 0
      ? kinds(ours[0], golden[0], `${path}[]`)
      : []
  }
  if (typeof ours !== typeof golden) return [`${path}: ${typeof ours} for ${typeof golden}`]
  if (typeof golden !== 'object') return []
  const mine = new Map(Object.entries(ours))
  return Object.entries(golden).flatMap(([key, value]) =>
    kinds(mine.get(key), value, `${path}.${key}`),
  )
}
