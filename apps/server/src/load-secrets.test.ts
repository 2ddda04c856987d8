import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadSecrets } from './load-secrets.ts'

describe('loadSecrets', () => {
  it('makes secrets once and finds them again', () => {
    const directory = join(mkdtempSync(join(tmpdir(), 'secrets-')), 'data')
    const first = loadSecrets(directory)
    expect(first.auth).not.toBe(first.transaction)
    expect(loadSecrets(directory)).toEqual(first)
  })

  it('lets only their owner read them', () => {
    const directory = join(mkdtempSync(join(tmpdir(), 'secrets-')), 'data')
    loadSecrets(directory)
    expect(statSync(join(directory, 'secrets.json')).mode & 0o077).toBe(0)
  })
})
