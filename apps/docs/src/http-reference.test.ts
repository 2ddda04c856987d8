import { readFileSync } from 'node:fs'
import * as contract from '@tollgate/contract'
import { expect, it } from 'vitest'

const page = readFileSync(new URL('../reference/http.md', import.meta.url), 'utf8')

it('the HTTP reference documents every header constant of the contract', () => {
  const headers = Object.entries(contract).flatMap(([name, value]) =>
    name.endsWith('_HEADER') && typeof value === 'string' ? [value] : [],
  )
  expect(headers.length).toBeGreaterThan(5)
  expect(headers.filter((header) => !page.includes(`| \`${header}\` `))).toEqual([])
})

it('the HTTP reference lists every refusal under its status', () => {
  const rows = [...page.matchAll(/^\| (\d{3}) +\| (.*?) \|/gm)].flatMap(([, status, kinds = '']) =>
    [...kinds.matchAll(/`(\w+)`/g)].map(([, kind]) => [kind, Number(status)]),
  )
  expect(Object.fromEntries(rows)).toEqual(contract.BILLING_ERROR_STATUS)
})
